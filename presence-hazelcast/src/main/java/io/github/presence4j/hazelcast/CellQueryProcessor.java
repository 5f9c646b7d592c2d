package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.github.presence4j.MemberPage;
import io.github.presence4j.cell.CellReader;
import io.github.presence4j.cell.EventCodec;
import io.github.presence4j.spi.NamePage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the owner of a cell. Changes nothing (R1), so nothing is sent to the backups. */
final class CellQueryProcessor
        implements EntryProcessor<String, TopicCell, QueryResult>,
                ReadOnly,
                HazelcastInstanceAware,
                IdentifiedDataSerializable {
    private static final long serialVersionUID = 1;
    private static final long BY_TTL = -1;

    private Kind kind;
    private long window;

    @SuppressWarnings("serial") // written by writeData, never by Java
    private List<String> names;

    private @Nullable String cursor;
    private int limit;
    private transient @Nullable HazelcastInstance member;

    private enum Kind {
        LIVE,
        LIVE_AMONG,
        COUNT,
        PAGE,
        NAMES
    }

    private CellQueryProcessor(Kind kind, long window, List<String> names, @Nullable String cursor, int limit) {
        this.kind = kind;
        this.window = window;
        this.names = names;
        this.cursor = cursor;
        this.limit = limit;
    }

    /** To be read. */
    CellQueryProcessor() {
        this(Kind.COUNT, BY_TTL, List.of(), null, 0);
    }

    static CellQueryProcessor live(@Nullable Duration window, List<String> names) {
        return new CellQueryProcessor(Kind.LIVE, millis(window), names, null, 0);
    }

    static CellQueryProcessor liveAmong(@Nullable Duration window, List<String> names) {
        return new CellQueryProcessor(Kind.LIVE_AMONG, millis(window), names, null, 0);
    }

    /** Examines a limited number of members. The answer may be {@link QueryResult#isUnfinished}. */
    static CellQueryProcessor count(@Nullable Duration window, int limit) {
        return new CellQueryProcessor(Kind.COUNT, millis(window), List.of(), null, limit);
    }

    static CellQueryProcessor page(@Nullable Duration window, @Nullable String cursor, int limit) {
        return new CellQueryProcessor(Kind.PAGE, millis(window), List.of(), cursor, limit);
    }

    static CellQueryProcessor names(@Nullable Duration window, @Nullable String cursor, int limit) {
        return new CellQueryProcessor(Kind.NAMES, millis(window), List.of(), cursor, limit);
    }

    private static long millis(@Nullable Duration window) {
        return window == null ? BY_TTL : window.toMillis();
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        member = instance;
    }

    @Override
    public QueryResult process(Map.Entry<String, TopicCell> entry) {
        TopicCell cell = entry.getValue();
        if (cell == null) {
            return new QueryResult();
        }
        if (cell.isStale()) {
            return QueryResult.over();
        }
        long now = cell.timeAt(StoreClock.of(Objects.requireNonNull(member)).millis());
        CellReader look = cell.state().look(now, window == BY_TTL ? null : Duration.ofMillis(window));
        return switch (kind) {
            case LIVE ->
                QueryResult.of(new MemberPage(List.copyOf(look.live(names).values()), null));
            case LIVE_AMONG -> QueryResult.of(new NamePage(List.copyOf(look.liveAmong(names)), false, null));
            case COUNT -> QueryResult.of(look.countWithin(limit < 1 ? Integer.MAX_VALUE : limit));
            case PAGE -> QueryResult.of(look.page(cursor, limit));
            case NAMES -> QueryResult.of(look.names(cursor, limit));
        };
    }

    @Override
    public @Nullable EntryProcessor<String, TopicCell, QueryResult> getBackupProcessor() {
        return null;
    }

    @Override
    public int getFactoryId() {
        return PresenceDataSerializerHook.FACTORY;
    }

    @Override
    public int getClassId() {
        return PresenceDataSerializerHook.QUESTION;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(kind.name());
        out.writeLong(window);
        out.writeInt(names.size());
        for (String name : names) {
            out.writeString(name);
        }
        EventCodec.optional(cursor, out);
        out.writeInt(limit);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        kind = Kind.valueOf(in.readString());
        window = in.readLong();
        int count = in.readInt();
        names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(in.readString());
        }
        cursor = EventCodec.optional(in);
        limit = in.readInt();
    }
}
