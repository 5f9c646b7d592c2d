package io.github.presence4j.redis;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.sharding.GenerationCache;
import io.github.presence4j.sharding.ShardedTopic;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A big topic in several cells: its work is spread over the masters of a cluster. */
final class ShardedCells implements Cells {
    private final RedisConnections link;
    private final Topic topic;
    private final int shards;
    private final GenerationCache guesses;

    ShardedCells(RedisConnections link, Topic topic, int shards, GenerationCache guesses) {
        this.link = link;
        this.topic = topic;
        this.shards = shards;
        this.guesses = guesses;
    }

    private ShardedTopic whole(boolean exact) {
        RedisTopicMetadata home = new RedisTopicMetadata(link, topic, shards);
        return new ShardedTopic(topic, shards, home, guesses, new RedisShards(link, topic, shards, exact));
    }

    @Override
    public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        return whole(true).touch(touches);
    }

    @Override
    public CompletionStage<Set<String>> leave(List<Leave> leaves) {
        return whole(true).leave(leaves);
    }

    @Override
    public CompletionStage<Map<String, Member>> live(List<String> members) {
        return whole(true).live(members);
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(List<String> members) {
        return whole(true).liveAmong(members);
    }

    @Override
    public CompletionStage<Long> count() {
        return whole(true).count();
    }

    @Override
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit, boolean exact) {
        return whole(exact).page(cursor, limit);
    }

    @Override
    public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
        return whole(true).names(cursor, limit);
    }

    @Override
    public CompletionStage<@Nullable Void> reset() {
        return whole(true).reset();
    }

    @Override
    public CompletionStage<Changes> changesSince(@Nullable String cursor) {
        return whole(true).changesSince(cursor);
    }
}
