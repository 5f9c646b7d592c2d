package io.github.presence4j.benchmarks.contestant;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Sorted sets by hand, on plain Lettuce, by the client's clock. There are no events for joins or expiries. */
final class SortedSets implements Contestant {
    private final RedisClient client;
    private final RedisAsyncCommands<String, String> redis;
    private final BiFunction<RedisAsyncCommands<String, String>, String, ContestantTopic> room;

    SortedSets(String uri, BiFunction<RedisAsyncCommands<String, String>, String, ContestantTopic> room) {
        this.client = RedisClient.create(uri);
        this.redis = client.connect().async();
        this.room = room;
    }

    @Override
    public ContestantTopic room(String topic) {
        return room.apply(redis, topic);
    }

    @Override
    public void close() {
        client.shutdown();
    }

    /** A floor: one command for each touch, and nothing is ever cleaned. */
    static class Plain implements ContestantTopic {
        final RedisAsyncCommands<String, String> redis;
        final String key;

        Plain(RedisAsyncCommands<String, String> redis, String key) {
            this.redis = redis;
            this.key = key;
        }

        @Override
        public CompletionStage<?> touchAsync(String member) {
            return redis.zadd(key, now(), member);
        }

        @Override
        public CompletionStage<Boolean> isLiveAsync(String member) {
            return redis.zscore(key, member).thenApply(score -> score != null && score >= since());
        }

        @Override
        public CompletionStage<?> leaveAsync(String member) {
            return redis.zrem(key, member);
        }

        @Override
        public long count() {
            return redis.zcount(key, live()).toCompletableFuture().join();
        }

        @Override
        public int list() {
            return redis.zrangebyscore(key, live()).toCompletableFuture().join().size();
        }

        static double now() {
            return System.currentTimeMillis();
        }

        static double since() {
            return now() - TTL.toMillis();
        }

        private static Range<Double> live() {
            return Range.from(Range.Boundary.including(since()), Range.Boundary.unbounded());
        }
    }

    /**
     * The simplest design: the whole set expires if it is no longer touched, and a list drops expired members before it
     * reads.
     */
    static final class Seed extends Plain {
        Seed(RedisAsyncCommands<String, String> redis, String key) {
            super(redis, key);
        }

        @Override
        public CompletionStage<?> touchAsync(String member) {
            redis.zadd(key, now(), member);
            return redis.expire(key, TTL);
        }

        @Override
        public long count() {
            drop();
            return redis.zcard(key).toCompletableFuture().join();
        }

        @Override
        public int list() {
            drop();
            return redis.zrange(key, 0, -1).toCompletableFuture().join().size();
        }

        private void drop() {
            redis.zremrangebyscore(key, Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(since())));
        }
    }

    /** One command for many: the most that a server can do. */
    static final class Bulk extends Plain {
        Bulk(RedisAsyncCommands<String, String> redis, String key) {
            super(redis, key);
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // Lettuce wants an array of a generic type
        public CompletionStage<?> touchAllAsync(List<String> members) {
            double now = now();
            ScoredValue[] scored = members.stream()
                    .map(member -> ScoredValue.just(now, member))
                    .toArray(ScoredValue[]::new);
            return redis.zadd(key, (ScoredValue<String>[]) scored);
        }

        @Override
        public int liveAmong(List<String> members) {
            double since = since();
            return (int) redis.zmscore(key, members.toArray(String[]::new)).toCompletableFuture().join().stream()
                    .filter(score -> score != null && score >= since)
                    .count();
        }
    }
}
