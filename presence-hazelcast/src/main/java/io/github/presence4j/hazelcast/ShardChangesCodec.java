package io.github.presence4j.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.github.presence4j.Position;
import io.github.presence4j.cell.EventCodec;
import io.github.presence4j.sharding.ShardChanges;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes the changes of a shard as bytes, and reads them. */
final class ShardChangesCodec {
    private ShardChangesCodec() {}

    static void write(ShardChanges changes, ObjectDataOutput out) throws IOException {
        out.writeString(changes.cursor());
        out.writeLong(changes.position().epoch());
        out.writeLong(changes.position().seq());
        out.writeBoolean(changes.gap());
        out.writeLong(changes.untilNext().toMillis());
        out.writeLong(changes.asOf());
        out.writeInt(changes.entries().size());
        for (ShardChanges.Entry entry : changes.entries()) {
            out.writeString(entry.cursor());
            out.writeLong(entry.at());
            EventCodec.write(entry.event(), out);
        }
    }

    static ShardChanges read(ObjectDataInput in) throws IOException {
        String cursor = in.readString();
        Position position = new Position(in.readLong(), in.readLong());
        boolean gap = in.readBoolean();
        Duration untilNext = Duration.ofMillis(in.readLong());
        long asOf = in.readLong();
        int count = in.readInt();
        List<ShardChanges.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new ShardChanges.Entry(in.readString(), in.readLong(), EventCodec.read(in)));
        }
        return new ShardChanges(cursor, position, gap, untilNext, asOf, entries);
    }
}
