package io.github.presence4j.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.cell.EventCodec;
import io.github.presence4j.cell.shards.News;
import io.github.presence4j.spi.Changes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a change came to: who joined or left by it, or what a watcher is told; and whether other watchers should be given a hint. */
final class Outcome implements Timely.Answer, IdentifiedDataSerializable {
    private Set<String> names;
    private @Nullable Changes changes;
    private @Nullable News news;
    private boolean hint;
    private boolean over;
    private boolean late;
    private OwnerTime at = OwnerTime.NONE;

    private Outcome(Set<String> names, @Nullable Changes changes, @Nullable News news, boolean hint) {
        this.names = names;
        this.changes = changes;
        this.news = news;
        this.hint = hint;
    }

    /** To be read. */
    Outcome() {
        this(Set.of(), null, null, false);
    }

    static Outcome of(Set<String> names) {
        return new Outcome(names, null, null, false);
    }

    static Outcome of(Changes changes) {
        return new Outcome(Set.of(), changes, null, false);
    }

    static Outcome of(News news) {
        return new Outcome(Set.of(), null, news, false);
    }

    /** Nothing was done: a reset left the cell behind. */
    static Outcome over() {
        Outcome outcome = new Outcome();
        outcome.over = true;
        return outcome;
    }

    /** Nothing was done: the deadline was over. */
    static Outcome late() {
        Outcome outcome = new Outcome();
        outcome.late = true;
        return outcome;
    }

    /** When the owner decided. */
    Outcome at(OwnerTime time) {
        at = time;
        return this;
    }

    Outcome withHint() {
        return new Outcome(names, changes, news, true);
    }

    Set<String> names() {
        return names;
    }

    Changes changes() {
        return Objects.requireNonNull(changes);
    }

    News news() {
        return Objects.requireNonNull(news);
    }

    @Override
    public OwnerTime at() {
        return at;
    }

    @Override
    public boolean isLate() {
        return late;
    }

    boolean isOver() {
        return over;
    }

    boolean isHint() {
        return hint;
    }

    @Override
    public int getFactoryId() {
        return Serials.FACTORY;
    }

    @Override
    public int getClassId() {
        return Serials.OUTCOME;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeBoolean(hint);
        out.writeBoolean(over);
        out.writeBoolean(late);
        at.write(out);
        out.writeInt(names.size());
        for (String name : names) {
            out.writeString(name);
        }
        out.writeBoolean(changes != null);
        if (changes != null) {
            write(changes, out);
        }
        out.writeBoolean(news != null);
        if (news != null) {
            NewsCodec.write(news, out);
        }
    }

    private static void write(Changes changes, ObjectDataOutput out) throws IOException {
        out.writeString(changes.cursor());
        out.writeLong(changes.position().epoch());
        out.writeLong(changes.position().seq());
        out.writeBoolean(changes.gap());
        out.writeLong(changes.untilNext().toMillis());
        out.writeInt(changes.events().size());
        for (PresenceEvent event : changes.events()) {
            EventCodec.write(event, out);
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        hint = in.readBoolean();
        over = in.readBoolean();
        late = in.readBoolean();
        at = OwnerTime.read(in);
        int count = in.readInt();
        names = new HashSet<>(2 * count);
        for (int i = 0; i < count; i++) {
            names.add(in.readString());
        }
        changes = in.readBoolean() ? readChanges(in) : null;
        news = in.readBoolean() ? NewsCodec.read(in) : null;
    }

    private static Changes readChanges(ObjectDataInput in) throws IOException {
        String cursor = in.readString();
        Position position = new Position(in.readLong(), in.readLong());
        boolean gap = in.readBoolean();
        Duration untilNext = Duration.ofMillis(in.readLong());
        int count = in.readInt();
        List<PresenceEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(EventCodec.read(in));
        }
        return new Changes(cursor, position, events, gap, untilNext);
    }
}
