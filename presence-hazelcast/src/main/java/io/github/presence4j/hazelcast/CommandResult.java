package io.github.presence4j.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.cell.EventCodec;
import io.github.presence4j.sharding.ShardChanges;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.TouchOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of a command: the members that joined or left, or the events for a watcher. Also says whether to signal other
 * watchers.
 */
final class CommandResult implements DeadlineProcessor.Answer, IdentifiedDataSerializable {
    static final int[] NONE = {};

    private Set<String> names;
    /** The positions of the ignored touches in the request. */
    private int[] ignored;

    private int[] refused;
    private @Nullable Changes changes;
    private @Nullable ShardChanges shardChanges;
    private boolean signal;
    private boolean over;
    private boolean late;
    private OwnerTime at = OwnerTime.NONE;

    private CommandResult(
            Set<String> names,
            int[] ignored,
            int[] refused,
            @Nullable Changes changes,
            @Nullable ShardChanges shardChanges,
            boolean signal) {
        this.names = names;
        this.ignored = ignored;
        this.refused = refused;
        this.changes = changes;
        this.shardChanges = shardChanges;
        this.signal = signal;
    }

    /** To be read. */
    CommandResult() {
        this(Set.of(), NONE, NONE, null, null, false);
    }

    static CommandResult of(Set<String> names) {
        return of(names, NONE, NONE);
    }

    static CommandResult of(Set<String> joined, int[] ignored, int[] refused) {
        return new CommandResult(joined, ignored, refused, null, null, false);
    }

    static CommandResult of(Changes changes) {
        return new CommandResult(Set.of(), NONE, NONE, changes, null, false);
    }

    static CommandResult of(ShardChanges shardChanges) {
        return new CommandResult(Set.of(), NONE, NONE, null, shardChanges, false);
    }

    /** Nothing was done: a reset left the cell behind. */
    static CommandResult over() {
        CommandResult outcome = new CommandResult();
        outcome.over = true;
        return outcome;
    }

    /** Returns the outcome of a change after its deadline: nothing was done. */
    static CommandResult late() {
        CommandResult outcome = new CommandResult();
        outcome.late = true;
        return outcome;
    }

    /** Sets the time at which the owner decided. */
    CommandResult at(OwnerTime time) {
        at = time;
        return this;
    }

    CommandResult withHint() {
        return new CommandResult(names, ignored, refused, changes, shardChanges, true);
    }

    Set<String> names() {
        return names;
    }

    /** Returns the outcome of touches. The only limit is that of sessions, because a cell takes any number of members here. */
    TouchOutcome touched(List<Touch> touches) {
        if (ignored.length == 0 && refused.length == 0) {
            return TouchOutcome.joined(names);
        }
        Set<Touch> passedOver = new HashSet<>();
        for (int position : ignored) {
            passedOver.add(touches.get(position));
        }
        Map<Touch, String> refusals = new HashMap<>();
        for (int position : refused) {
            refusals.put(touches.get(position), TouchOutcome.TOO_MANY_SESSIONS);
        }
        return new TouchOutcome(names, passedOver, refusals);
    }

    Changes changes() {
        return Objects.requireNonNull(changes);
    }

    ShardChanges shardChanges() {
        return Objects.requireNonNull(shardChanges);
    }

    @Override
    public OwnerTime at() {
        return at;
    }

    @Override
    public boolean isLate() {
        return late;
    }

    boolean isStale() {
        return over;
    }

    boolean isHint() {
        return signal;
    }

    @Override
    public int getFactoryId() {
        return PresenceDataSerializerHook.FACTORY;
    }

    @Override
    public int getClassId() {
        return PresenceDataSerializerHook.OUTCOME;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeBoolean(signal);
        out.writeBoolean(over);
        out.writeBoolean(late);
        at.write(out);
        out.writeInt(names.size());
        for (String name : names) {
            out.writeString(name);
        }
        out.writeIntArray(ignored);
        out.writeIntArray(refused);
        out.writeBoolean(changes != null);
        if (changes != null) {
            write(changes, out);
        }
        out.writeBoolean(shardChanges != null);
        if (shardChanges != null) {
            ShardChangesCodec.write(shardChanges, out);
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
        signal = in.readBoolean();
        over = in.readBoolean();
        late = in.readBoolean();
        at = OwnerTime.read(in);
        int count = in.readInt();
        names = new HashSet<>(2 * count);
        for (int i = 0; i < count; i++) {
            names.add(in.readString());
        }
        ignored = Objects.requireNonNull(in.readIntArray());
        refused = Objects.requireNonNull(in.readIntArray());
        changes = in.readBoolean() ? readChanges(in) : null;
        shardChanges = in.readBoolean() ? ShardChangesCodec.read(in) : null;
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
