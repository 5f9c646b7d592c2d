package io.github.presence4j.redis;

import io.github.presence4j.sharding.Generation;
import io.github.presence4j.sharding.Shard;
import io.github.presence4j.sharding.ShardedTopic;
import io.github.presence4j.spi.Topic;

/** The cells of a sharded topic, and the form of their cursors. */
record RedisShards(RedisConnections link, Topic topic, int shards, ListingSource listings)
        implements ShardedTopic.Cells {

    @Override
    public Shard cell(int shard, Generation generation) {
        CellKeys keys = CellKeys.sharded(topic.id(), shard, shards, generation.id());
        return new RedisTopic(link, keys, topic, listings);
    }

    @Override
    public boolean listsNamesByPage() {
        return listings.hasReplicas();
    }

    @Override
    public void requirePageCursor(String cursor) {
        PageCursor.member(cursor);
    }

    /** Accepts both forms: without the right to use INFO, names are listed page by page. */
    @Override
    public void requireNamesCursor(String cursor) {
        if (!PageCursor.is(cursor)) {
            NameCursor.parse(cursor);
        }
    }
}
