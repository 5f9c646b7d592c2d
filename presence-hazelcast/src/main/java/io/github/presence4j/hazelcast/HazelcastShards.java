package io.github.presence4j.hazelcast;

import io.github.presence4j.cell.SlotCursor;
import io.github.presence4j.sharding.Generation;
import io.github.presence4j.sharding.Shard;
import io.github.presence4j.sharding.ShardedTopic;
import io.github.presence4j.spi.Topic;

/** The cells of a sharded topic. */
record HazelcastShards(EntryProcessorClient owners, HazelcastChangeSignals signals, Topic topic, int shards)
        implements ShardedTopic.Cells {

    @Override
    public Shard cell(int shard, Generation generation) {
        return generation.equals(Generation.FIRST)
                ? MissingShard.SHARD
                : HazelcastTopic.shard(owners, signals, topic, shard, shards, generation);
    }

    @Override
    public void requirePageCursor(String cursor) {
        SlotCursor.pageSlot(cursor);
    }

    @Override
    public void requireNamesCursor(String cursor) {
        SlotCursor.parse(cursor);
    }
}
