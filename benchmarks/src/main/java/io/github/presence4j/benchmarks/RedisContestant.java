package io.github.presence4j.benchmarks;

import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.RedisStore;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RMapCache;
import org.redisson.api.RSetCache;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/**
 * What keeps track in Redis of who is live, so that each question is asked in one way. All with the seed's TTL of five minutes
 * and the defaults of their makers.
 */
interface RedisContestant extends AutoCloseable {
    Duration TTL = Duration.ofMinutes(5);
    String TOPIC = "crm_navbar:live_users";

    CompletionStage<?> touch(String member);

    void touchAndWait(String member);

    CompletionStage<Boolean> isLive(String member);

    /** Lists who is live. */
    int list();

    /** One command for each, pipelined. */
    default void touchAll(List<String> members) {
        List<CompletableFuture<?>> calls = new ArrayList<>(members.size());
        members.forEach(member -> calls.add(touch(member).toCompletableFuture()));
        calls.forEach(CompletableFuture::join);
    }

    /** One command for each, pipelined. */
    default int liveAmong(List<String> members) {
        List<CompletableFuture<Boolean>> calls = new ArrayList<>(members.size());
        members.forEach(member -> calls.add(isLive(member).toCompletableFuture()));
        int live = 0;
        for (CompletableFuture<Boolean> call : calls) {
            live += call.join() ? 1 : 0;
        }
        return live;
    }

    @Override
    void close();

    static RedisContestant named(String name, String uri) {
        return switch (name) {
            case "presence4j" -> new OnPresence(uri);
            case "plain" -> new Plain(uri);
            case "plain-bulk" -> new Bulk(uri);
            case "redisson-set" -> new RedissonSet(uri);
            case "redisson-map" -> new RedissonMap(uri);
            default -> throw new IllegalArgumentException("contestant " + name + " is not known");
        };
    }

    /** The Redis backend as an application uses it. */
    final class OnPresence implements RedisContestant {
        private final RedisStore store;
        private final Presence presence;
        private final PresenceTopic topic;
        private final AsyncPresenceTopic async;

        OnPresence(String uri) {
            store = RedisStore.builder().uri(uri).build();
            presence = Presence.using(store, PresenceConfig.builder().ttl(TTL).build());
            topic = presence.topic(TOPIC);
            async = topic.async();
        }

        @Override
        public CompletionStage<?> touch(String member) {
            return async.touch(member);
        }

        @Override
        public void touchAndWait(String member) {
            topic.touch(member);
        }

        @Override
        public CompletionStage<Boolean> isLive(String member) {
            return async.isLive(member);
        }

        @Override
        public void touchAll(List<String> members) {
            topic.touchAll(members);
        }

        @Override
        public int liveAmong(List<String> members) {
            return topic.liveAmong(members).size();
        }

        @Override
        public int list() {
            return topic.list().size();
        }

        @Override
        public void close() {
            topic.reset();
            presence.close();
            store.close();
        }
    }

    /** The seed, written by hand: a sorted set by the client's clock that tells nobody anything and is never cleaned. */
    class Plain implements RedisContestant {
        final RedisAsyncCommands<String, String> redis;
        private final RedisClient client;

        Plain(String uri) {
            client = RedisClient.create(uri);
            StatefulRedisConnection<String, String> connection = client.connect();
            redis = connection.async();
        }

        @Override
        public CompletionStage<?> touch(String member) {
            return redis.zadd(TOPIC, now(), member);
        }

        @Override
        public void touchAndWait(String member) {
            redis.zadd(TOPIC, now(), member).toCompletableFuture().join();
        }

        @Override
        public CompletionStage<Boolean> isLive(String member) {
            return redis.zscore(TOPIC, member).thenApply(score -> score != null && score >= cutoff());
        }

        @Override
        public int list() {
            return redis.zrangebyscore(
                            TOPIC, Range.from(Range.Boundary.including(cutoff()), Range.Boundary.unbounded()))
                    .toCompletableFuture()
                    .join()
                    .size();
        }

        static double now() {
            return System.currentTimeMillis();
        }

        static double cutoff() {
            return now() - TTL.toMillis();
        }

        @Override
        public void close() {
            redis.unlink(TOPIC).toCompletableFuture().join();
            client.shutdown();
        }
    }

    /** The same with one command for many: the most that a server can do. */
    final class Bulk extends Plain {
        Bulk(String uri) {
            super(uri);
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // Lettuce wants an array of a generic type
        public void touchAll(List<String> members) {
            double now = now();
            ScoredValue[] scored = members.stream()
                    .map(member -> ScoredValue.just(now, member))
                    .toArray(ScoredValue[]::new);
            redis.zadd(TOPIC, (ScoredValue<String>[]) scored)
                    .toCompletableFuture()
                    .join();
        }

        @Override
        public int liveAmong(List<String> members) {
            double cutoff = cutoff();
            return (int) redis.zmscore(TOPIC, members.toArray(String[]::new)).toCompletableFuture().join().stream()
                    .filter(score -> score != null && score >= cutoff)
                    .count();
        }
    }

    /** Redisson's set whose elements have a TTL. */
    final class RedissonSet implements RedisContestant {
        private final RedissonClient client;
        private final RSetCache<String> set;

        RedissonSet(String uri) {
            client = redisson(uri);
            set = client.getSetCache(TOPIC);
        }

        @Override
        public CompletionStage<?> touch(String member) {
            return set.addAsync(member, TTL.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void touchAndWait(String member) {
            set.add(member, TTL.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<Boolean> isLive(String member) {
            return set.containsAsync(member);
        }

        @Override
        public int list() {
            return set.readAll().size();
        }

        @Override
        public void close() {
            set.delete();
            client.shutdown();
        }
    }

    /** Redisson's map whose entries have a TTL. */
    final class RedissonMap implements RedisContestant {
        private final RedissonClient client;
        private final RMapCache<String, String> map;

        RedissonMap(String uri) {
            client = redisson(uri);
            map = client.getMapCache(TOPIC);
        }

        @Override
        public CompletionStage<?> touch(String member) {
            return map.fastPutAsync(member, "", TTL.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void touchAndWait(String member) {
            map.fastPut(member, "", TTL.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<Boolean> isLive(String member) {
            return map.containsKeyAsync(member);
        }

        @Override
        public int list() {
            return map.readAllKeySet().size();
        }

        @Override
        public void close() {
            map.delete();
            client.shutdown();
        }
    }

    /** Names as they are, like the others send them; everything else by default. */
    private static RedissonClient redisson(String uri) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useSingleServer().setAddress(uri);
        return Redisson.create(config);
    }
}
