package io.github.presence4j.redis;

import io.github.presence4j.sharding.Generation;
import io.github.presence4j.sharding.TopicMetadata;
import io.github.presence4j.spi.DependentStage;
import io.github.presence4j.spi.Topic;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a sharded topic, kept as one hash. Cells from before a reset expire soon. Events that a late touch adds to
 * their log are later than the reset, and are cut off.
 */
final class RedisTopicMetadata implements TopicMetadata {
    private static final Script KEEP = Script.load("metadata_keep");
    private static final Script RESET = Script.load("metadata_reset");
    private static final Script LEAVE_BEHIND = Script.load("left_behind");

    private final RedisConnections link;
    private final Topic topic;
    private final int shards;
    private final String[] key;
    private final String channel;

    RedisTopicMetadata(RedisConnections link, Topic topic, int shards) {
        CellKeys first = CellKeys.sharded(topic.id(), 0, shards, Generation.FIRST.id());
        this.link = link;
        this.topic = topic;
        this.shards = shards;
        this.key = new String[] {first.metadata()};
        this.channel = first.channel();
    }

    @Override
    public CompletionStage<State> look() {
        return RedisErrors.translated(
                link.primary().call(key[0], (redis, node) -> redis.hmget(key[0], "generation", "ttl", "reset")),
                fields -> state(
                        fields.stream().map(field -> field.getValueOrElse(null)).toList()));
    }

    @Override
    public CompletionStage<State> keep() {
        return run(KEEP, millis(), "0").thenApply(RedisTopicMetadata::state);
    }

    @Override
    public void leftBehind(Generation generation) {
        leaveBehind(generation.id());
    }

    @Override
    public CompletionStage<State> record() {
        return run(KEEP, millis(), "1").thenApply(RedisTopicMetadata::state);
    }

    /** Only reads the metadata. If it has expired, there is no log left that a watcher could read. */
    @Override
    public CompletionStage<State> watch() {
        return look();
    }

    /**
     * Starts a new generation, whose time is known from the start. The earlier cells are marked as left behind afterwards; no
     * caller waits for that.
     */
    @Override
    public CompletionStage<?> reset() {
        return DependentStage.of(
                run(
                        RESET,
                        millis(),
                        Long.toHexString(ThreadLocalRandom.current().nextLong()),
                        channel),
                reply -> {
                    leaveBehind(Objects.requireNonNullElse((String) reply.get(0), Generation.FIRST.id()));
                    return reply;
                });
    }

    /** Makes the cells of a generation expire soon. If this fails, they expire like cells in use. */
    private void leaveBehind(String generation) {
        for (int shard = 0; shard < shards; shard++) {
            CellKeys left = CellKeys.sharded(topic.id(), shard, shards, generation);
            link.primary().call(left.prefix(), (redis, node) -> LEAVE_BEHIND.run(redis, node, left.all()));
        }
    }

    private static State state(List<? extends @Nullable Object> fields) {
        String id = (String) fields.get(0);
        Object ttl = fields.get(1);
        return new State(
                id == null ? Generation.FIRST : new Generation(id, ReplyParser.number(fields.get(2))),
                ttl == null ? State.NONE : ReplyParser.number(ttl));
    }

    private CompletionStage<List<@Nullable Object>> run(Script script, String... args) {
        return RedisErrors.translated(link.primary()
                .call(key[0], (redis, node) -> script.<List<@Nullable Object>>run(redis, node, key, args)));
    }

    private String millis() {
        return Long.toString(topic.ttl().toMillis());
    }
}
