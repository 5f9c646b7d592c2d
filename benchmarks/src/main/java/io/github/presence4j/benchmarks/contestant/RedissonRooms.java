package io.github.presence4j.benchmarks.contestant;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RMapCache;
import org.redisson.api.RSetCache;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Redisson's collections whose elements have a TTL. Names as they are, like the others send them; all else by default. */
final class RedissonRooms implements Contestant {
    private final RedissonClient client;
    private final BiFunction<RedissonClient, String, ContestantTopic> room;

    RedissonRooms(String uri, BiFunction<RedissonClient, String, ContestantTopic> room) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useSingleServer().setAddress(uri);
        this.client = Redisson.create(config);
        this.room = room;
    }

    static ContestantTopic set(RedissonClient client, String topic) {
        return new OfSet(client.getSetCache(topic));
    }

    static ContestantTopic map(RedissonClient client, String topic) {
        return new OfMap(client.getMapCache(topic));
    }

    @Override
    public ContestantTopic room(String topic) {
        return room.apply(client, topic);
    }

    /** A map's, whichever collection keeps the members without sessions: a set has no data. */
    @Override
    public SessionTopic sessions(String topic) {
        return new OfTabs(client.getMapCache(topic));
    }

    @Override
    public void close() {
        client.shutdown();
    }

    private record OfTabs(RMapCache<String, String> map) implements SessionTopic {
        @Override
        public CompletionStage<?> touchAsync(String member, String tab, @Nullable String data) {
            return map.fastPutAsync(
                    SessionTopic.nameOf(member, tab), data == null ? "" : data, TTL.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> leaveAsync(String member, String tab) {
            return map.fastRemoveAsync(SessionTopic.nameOf(member, tab));
        }

        @Override
        public @Nullable String data(String member, String tab) {
            return map.get(SessionTopic.nameOf(member, tab));
        }

        /** Includes some sessions that have expired. */
        @Override
        public long count() {
            return map.size();
        }
    }

    private record OfSet(RSetCache<String> set) implements ContestantTopic {
        @Override
        public CompletionStage<?> touchAsync(String member) {
            return set.addAsync(member, TTL.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<Boolean> isLiveAsync(String member) {
            return set.containsAsync(member);
        }

        @Override
        public CompletionStage<?> leaveAsync(String member) {
            return set.removeAsync(member);
        }

        /** Includes some members that have expired. */
        @Override
        public long count() {
            return set.size();
        }

        @Override
        public int list() {
            return set.readAll().size();
        }
    }

    private record OfMap(RMapCache<String, String> map) implements ContestantTopic {
        @Override
        public CompletionStage<?> touchAsync(String member) {
            return map.fastPutAsync(member, "", TTL.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<Boolean> isLiveAsync(String member) {
            return map.containsKeyAsync(member);
        }

        @Override
        public CompletionStage<?> leaveAsync(String member) {
            return map.fastRemoveAsync(member);
        }

        /** Includes some members that have expired. */
        @Override
        public long count() {
            return map.size();
        }

        @Override
        public int list() {
            return map.readAllKeySet().size();
        }
    }
}
