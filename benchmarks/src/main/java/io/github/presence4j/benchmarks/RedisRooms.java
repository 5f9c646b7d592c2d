package io.github.presence4j.benchmarks;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.redis.RedisStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.concurrent.CompletionStage;

/** Who is live in which of very many small rooms. */
interface RedisRooms extends AutoCloseable {

    CompletionStage<?> touch(String room, String member);

    @Override
    void close();

    static RedisRooms named(String name, String uri) {
        return switch (name) {
            case "presence4j" -> new OnPresence(uri);
            case "plain" -> new Plain(uri);
            default -> throw new IllegalArgumentException("contestant " + name + " is not known");
        };
    }

    /** A topic per room, asked for by its name each time, since nobody keeps 100,000 of them. */
    final class OnPresence implements RedisRooms {
        private final RedisStore store;
        private final Presence presence;

        OnPresence(String uri) {
            store = RedisStore.builder().uri(uri).build();
            presence = Presence.using(
                    store, PresenceConfig.builder().ttl(RedisContestant.TTL).build());
        }

        @Override
        public CompletionStage<?> touch(String room, String member) {
            return presence.topic(room).async().touch(member);
        }

        @Override
        public void close() {
            presence.close();
            store.close();
        }
    }

    /** The seed with a set per room, which expires so that rooms nobody comes back to do not stay for ever. */
    final class Plain implements RedisRooms {
        private final RedisClient client;
        private final RedisAsyncCommands<String, String> redis;

        Plain(String uri) {
            client = RedisClient.create(uri);
            redis = client.connect().async();
        }

        @Override
        public CompletionStage<?> touch(String room, String member) {
            redis.zadd(room, (double) System.currentTimeMillis(), member);
            return redis.expire(room, RedisContestant.TTL);
        }

        @Override
        public void close() {
            client.shutdown();
        }
    }
}
