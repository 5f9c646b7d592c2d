package io.github.presence4j.benchmarks.contestant;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by hand, on plain Lettuce, by the client's clock: a sorted set of {@code member:tab} for the times, and a hash of the
 * same names for the data. There are no events for joins or expiries.
 */
final class SessionHashes implements Contestant {
    private final RedisClient client;
    private final RedisAsyncCommands<String, String> redis;
    private final BiFunction<RedisAsyncCommands<String, String>, String, SessionTopic> sessions;

    SessionHashes(String uri, BiFunction<RedisAsyncCommands<String, String>, String, SessionTopic> sessions) {
        this.client = RedisClient.create(uri);
        this.redis = client.connect().async();
        this.sessions = sessions;
    }

    @Override
    public ContestantTopic room(String topic) {
        return new SortedSets.Plain(redis, topic);
    }

    @Override
    public SessionTopic sessions(String topic) {
        return sessions.apply(redis, topic);
    }

    @Override
    public void close() {
        client.shutdown();
    }

    /** Two commands for each touch that has data, pipelined, and nothing is ever cleaned. The score is when a session was seen. */
    static final class Commands implements SessionTopic {
        private final RedisAsyncCommands<String, String> redis;
        private final String times;
        private final String data;

        Commands(RedisAsyncCommands<String, String> redis, String topic) {
            this.redis = redis;
            this.times = topic;
            this.data = topic + ":data";
        }

        /** Its end is the last command's: replies arrive in order. */
        @Override
        public CompletionStage<?> touchAsync(String member, String tab, @Nullable String said) {
            String name = SessionTopic.nameOf(member, tab);
            CompletionStage<?> seen = redis.zadd(times, SortedSets.Plain.now(), name);
            return said == null ? seen : redis.hset(data, name, said);
        }

        @Override
        public CompletionStage<?> leaveAsync(String member, String tab) {
            String name = SessionTopic.nameOf(member, tab);
            redis.zrem(times, name);
            return redis.hdel(data, name);
        }

        @Override
        public @Nullable String data(String member, String tab) {
            return SessionHashes.data(redis, times, data, SessionTopic.nameOf(member, tab), SortedSets.Plain.since());
        }

        @Override
        public long count() {
            return SessionHashes.count(redis, times, SortedSets.Plain.since());
        }
    }

    /**
     * One small script for each touch, as the chat server Centrifugo does: the score is when a session expires, and both keys
     * expire with the last session.
     */
    static final class Script implements SessionTopic {
        private static final String TOUCH = """
                redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
                redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
                redis.call('PEXPIRE', KEYS[1], ARGV[4])
                redis.call('PEXPIRE', KEYS[2], ARGV[4])
                """;
        private static final String LEAVE = "redis.call('HDEL', KEYS[2], ARGV[1]) redis.call('ZREM', KEYS[1], ARGV[1])";
        private static final String TTL_MILLIS = Long.toString(TTL.toMillis());

        private final RedisAsyncCommands<String, String> redis;
        private final String[] keys;
        private final String touch;
        private final String leave;

        Script(RedisAsyncCommands<String, String> redis, String topic) {
            this.redis = redis;
            this.keys = new String[] {topic, topic + ":data"};
            this.touch = redis.scriptLoad(TOUCH).toCompletableFuture().join();
            this.leave = redis.scriptLoad(LEAVE).toCompletableFuture().join();
        }

        @Override
        public CompletionStage<?> touchAsync(String member, String tab, @Nullable String said) {
            return redis.evalsha(
                    touch,
                    ScriptOutputType.STATUS,
                    keys,
                    SessionTopic.nameOf(member, tab),
                    said == null ? "" : said,
                    Long.toString(System.currentTimeMillis() + TTL.toMillis()),
                    TTL_MILLIS);
        }

        @Override
        public CompletionStage<?> leaveAsync(String member, String tab) {
            return redis.evalsha(leave, ScriptOutputType.STATUS, keys, SessionTopic.nameOf(member, tab));
        }

        @Override
        public @Nullable String data(String member, String tab) {
            return SessionHashes.data(
                    redis, keys[0], keys[1], SessionTopic.nameOf(member, tab), SortedSets.Plain.now());
        }

        @Override
        public long count() {
            return SessionHashes.count(redis, keys[0], SortedSets.Plain.now());
        }
    }

    private static @Nullable String data(
            RedisAsyncCommands<String, String> redis, String times, String data, String name, double since) {
        Double score = redis.zscore(times, name).toCompletableFuture().join();
        if (score == null || score < since) {
            return null;
        }
        String said = redis.hget(data, name).toCompletableFuture().join();
        return said == null ? "" : said;
    }

    private static long count(RedisAsyncCommands<String, String> redis, String times, double since) {
        return redis.zcount(times, Range.from(Range.Boundary.including(since), Range.Boundary.unbounded()))
                .toCompletableFuture()
                .join();
    }
}
