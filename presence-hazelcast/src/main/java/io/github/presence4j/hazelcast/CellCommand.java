package io.github.presence4j.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.github.presence4j.Touch;
import io.github.presence4j.cell.EventCodec;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.TouchOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What can be done to a cell. The outcome depends on the cell, the time and the random number, so all copies come to the same. */
sealed interface CellCommand {

    CommandResult apply(TopicCell cell, long now, long random);

    /** Whether it is of any use where there is no cell yet. */
    default boolean createsCell() {
        return true;
    }

    /** Whether it may be done to a cell that a reset left behind. */
    default boolean allowedWhenStale() {
        return false;
    }

    /** Returns whether the request is harmless when late and must be applied in any case. */
    default boolean mayBeLate() {
        return false;
    }

    void write(ObjectDataOutput out) throws IOException;

    record TouchAll(List<Touch> touches, long ttl) implements CellCommand {
        @Override
        public CommandResult apply(TopicCell cell, long now, long random) {
            cell.state().tend(now);
            TouchOutcome outcome = cell.state().touch(touches, ttl, now);
            cell.keep();
            return CommandResult.of(
                    outcome.joined(),
                    positions(outcome.ignored()),
                    positions(outcome.refused().keySet()));
        }

        private int[] positions(Set<Touch> some) {
            return some.isEmpty()
                    ? CommandResult.NONE
                    : IntStream.range(0, touches.size())
                            .filter(position -> some.contains(touches.get(position)))
                            .toArray();
        }

        @Override
        public void write(ObjectDataOutput out) throws IOException {
            out.writeByte('t');
            out.writeLong(ttl);
            out.writeInt(touches.size());
            for (Touch touch : touches) {
                out.writeString(touch.member());
                EventCodec.optional(touch.session(), out);
                EventCodec.optional(touch.data(), out);
            }
        }
    }

    record LeaveAll(List<Leave> leaves) implements CellCommand {
        @Override
        public CommandResult apply(TopicCell cell, long now, long random) {
            Set<String> left = cell.state().leave(leaves, now);
            cell.keep();
            return CommandResult.of(left);
        }

        @Override
        public void write(ObjectDataOutput out) throws IOException {
            out.writeByte('l');
            out.writeInt(leaves.size());
            for (Leave leave : leaves) {
                out.writeString(leave.member());
                EventCodec.optional(leave.session(), out);
            }
        }
    }

    record Reset() implements CellCommand {
        @Override
        public CommandResult apply(TopicCell cell, long now, long random) {
            cell.state().reset(random, now);
            cell.keep();
            return CommandResult.of(Set.of());
        }

        @Override
        public boolean createsCell() {
            return false;
        }

        @Override
        public void write(ObjectDataOutput out) throws IOException {
            out.writeByte('r');
        }
    }

    record ReadChanges(@Nullable String cursor) implements CellCommand {
        @Override
        public CommandResult apply(TopicCell cell, long now, long random) {
            cell.keepHistory();
            return CommandResult.of(cell.state().changesSince(cursor, random, now));
        }

        @Override
        public void write(ObjectDataOutput out) throws IOException {
            out.writeByte('w');
            EventCodec.optional(cursor, out);
        }
    }

    /** As {@link ReadChanges}, in one shard of several: all that happens there later is later than {@code after}. */
    record ReadShardChanges(String cursor, long after, int limit, boolean last) implements CellCommand {
        @Override
        public CommandResult apply(TopicCell cell, long now, long random) {
            if (last) {
                cell.end();
            } else {
                cell.keepHistory();
            }
            cell.state().raise(after);
            return CommandResult.of(cell.state().shardChangesSince(cursor, limit, random, now));
        }

        @Override
        public boolean allowedWhenStale() {
            return true;
        }

        @Override
        public void write(ObjectDataOutput out) throws IOException {
            out.writeByte('n');
            out.writeString(cursor);
            out.writeLong(after);
            out.writeInt(limit);
            out.writeBoolean(last);
        }
    }

    /** Ends a cell, as part of a reset that has taken effect in the metadata. No later call reaches the ended cells. */
    record Retire() implements CellCommand {
        @Override
        public boolean mayBeLate() {
            return true;
        }

        @Override
        public CommandResult apply(TopicCell cell, long now, long random) {
            cell.end();
            return CommandResult.of(Set.of());
        }

        @Override
        public boolean createsCell() {
            return false;
        }

        @Override
        public boolean allowedWhenStale() {
            return true;
        }

        @Override
        public void write(ObjectDataOutput out) throws IOException {
            out.writeByte('e');
        }
    }

    static CellCommand read(ObjectDataInput in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 't' -> touching(in);
            case 'l' -> leaving(in);
            case 'r' -> new Reset();
            case 'w' -> new ReadChanges(EventCodec.optional(in));
            case 'n' -> new ReadShardChanges(in.readString(), in.readLong(), in.readInt(), in.readBoolean());
            case 'e' -> new Retire();
            default ->
                throw new IOException("Request " + kind + " is of a newer version; upgrade presence4j on this node");
        };
    }

    private static TouchAll touching(ObjectDataInput in) throws IOException {
        long ttl = in.readLong();
        int count = in.readInt();
        List<Touch> touches = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            touches.add(new Touch(in.readString(), EventCodec.optional(in), EventCodec.optional(in)));
        }
        return new TouchAll(touches, ttl);
    }

    private static LeaveAll leaving(ObjectDataInput in) throws IOException {
        int count = in.readInt();
        List<Leave> leaves = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            leaves.add(new Leave(in.readString(), EventCodec.optional(in)));
        }
        return new LeaveAll(leaves);
    }
}
