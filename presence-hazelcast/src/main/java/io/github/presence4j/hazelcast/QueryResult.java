package io.github.presence4j.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Session;
import io.github.presence4j.cell.EventCodec;
import io.github.presence4j.spi.NamePage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The result of a query: a number, or members or names with the cursor of their listing. */
final class QueryResult implements IdentifiedDataSerializable {
    private static final String UNFINISHED = "";

    private long count;
    private List<Member> members;
    private List<String> names;
    private boolean again;
    private @Nullable String next;
    private boolean over;

    private QueryResult(long count, List<Member> members, List<String> names, boolean again, @Nullable String next) {
        this.count = count;
        this.members = members;
        this.names = names;
        this.again = again;
        this.next = next;
    }

    /** Of a cell that is not there; or to be read. */
    QueryResult() {
        this(0, List.of(), List.of(), true, null);
    }

    /** Of a count; empty if it must be asked for again, because there is more to examine. */
    static QueryResult of(OptionalLong count) {
        return new QueryResult(count.orElse(0), List.of(), List.of(), true, count.isPresent() ? null : UNFINISHED);
    }

    static QueryResult of(MemberPage page) {
        return new QueryResult(0, page.members(), List.of(), true, page.next());
    }

    static QueryResult of(NamePage page) {
        return new QueryResult(0, List.of(), page.names(), page.again(), page.next());
    }

    /** A reset made the cell stale: the caller has to query the cell of the next generation. */
    static QueryResult over() {
        QueryResult answer = new QueryResult();
        answer.over = true;
        return answer;
    }

    boolean isStale() {
        return over;
    }

    boolean isUnfinished() {
        return next != null;
    }

    long count() {
        return count;
    }

    Map<String, Member> byName() {
        Map<String, Member> byName = new HashMap<>();
        members.forEach(member -> byName.put(member.id(), member));
        return byName;
    }

    Set<String> nameSet() {
        return new HashSet<>(names);
    }

    MemberPage page() {
        return new MemberPage(members, next);
    }

    /** Of parts of a listing that follow each other. */
    static NamePage names(List<QueryResult> parts) {
        List<String> names = new ArrayList<>(
                parts.stream().mapToInt(part -> part.names.size()).sum());
        parts.forEach(part -> names.addAll(part.names));
        return new NamePage(names, parts.stream().anyMatch(part -> part.again), parts.get(parts.size() - 1).next);
    }

    @Override
    public int getFactoryId() {
        return PresenceDataSerializerHook.FACTORY;
    }

    @Override
    public int getClassId() {
        return PresenceDataSerializerHook.ANSWER;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(count);
        out.writeBoolean(over);
        out.writeBoolean(again);
        EventCodec.optional(next, out);
        out.writeInt(names.size());
        for (String name : names) {
            out.writeString(name);
        }
        out.writeInt(members.size());
        for (Member member : members) {
            out.writeString(member.id());
            out.writeLong(member.lastSeen().toEpochMilli());
            out.writeInt(member.sessions().size());
            for (Session session : member.sessions()) {
                EventCodec.optional(session.id(), out);
                out.writeLong(session.lastSeen().toEpochMilli());
                EventCodec.optional(session.data(), out);
            }
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        count = in.readLong();
        over = in.readBoolean();
        again = in.readBoolean();
        next = EventCodec.optional(in);
        int named = in.readInt();
        names = new ArrayList<>(named);
        for (int i = 0; i < named; i++) {
            names.add(in.readString());
        }
        int size = in.readInt();
        members = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            members.add(member(in));
        }
    }

    private static Member member(ObjectDataInput in) throws IOException {
        String id = in.readString();
        Instant lastSeen = Instant.ofEpochMilli(in.readLong());
        int size = in.readInt();
        List<Session> sessions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            sessions.add(
                    new Session(EventCodec.optional(in), Instant.ofEpochMilli(in.readLong()), EventCodec.optional(in)));
        }
        return new Member(id, lastSeen, sessions);
    }
}
