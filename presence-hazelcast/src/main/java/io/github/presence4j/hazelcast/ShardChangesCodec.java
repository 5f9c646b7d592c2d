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

/** What a shard tells, as bytes. */
final class ShardChangesCodec {
    private ShardChangesCodec() {}

    static void write(ShardChanges news, ObjectDataOutput out) throws IOException {
        out.writeString(news.cursor());
        out.writeLong(news.position().epoch());
        out.writeLong(news.position().seq());
        out.writeBoolean(news.gap());
        out.writeLong(news.untilNext().toMillis());
        out.writeLong(news.asOf());
        out.writeInt(news.entries().size());
        for (ShardChanges.Entry entry : news.entries()) {
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
