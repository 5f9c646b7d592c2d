package io.github.presence4j.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.inmemory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What keeps track of who is live, so that each scenario is written once. All with the seed's TTL of five minutes. */
interface Contestant extends AutoCloseable {
    Duration TTL = Duration.ofMinutes(5);

    /**
     * A benchmark touches each member many times a second, and a navbar every two minutes. With this clock, a thousand times
     * as fast, beats of one member are seconds apart. For renewals only: whoever is not touched lapses within 0.3 s.
     */
    Ticker SPREAD = () -> System.nanoTime() * 1_000;

    boolean touch(String member);

    boolean isLive(String member);

    @Override
    default void close() {}

    static Contestant named(String name) {
        return switch (name) {
            case "presence4j" -> new InMemory(Ticker.systemTicker());
            case "presence4j-spread" -> new InMemory(SPREAD);
            case "caffeine" -> new CaffeinePut(Ticker.systemTicker());
            case "caffeine-spread" -> new CaffeinePut(SPREAD);
            case "hashmap" -> new HashMapPut();
            default -> throw new IllegalArgumentException("contestant " + name + " is not known");
        };
    }

    /** The in-memory backend as an application uses it. */
    final class InMemory implements Contestant {
        private final InMemoryStore store;
        private final Presence presence;
        private final PresenceTopic topic;

        InMemory(Ticker ticker) {
            store = InMemoryStore.builder().ticker(ticker).build();
            presence = Presence.using(store, PresenceConfig.builder().ttl(TTL).build());
            topic = presence.topic("crm_navbar:live_users");
        }

        @Override
        public boolean touch(String member) {
            return topic.touch(member);
        }

        @Override
        public boolean isLive(String member) {
            return topic.isLive(member);
        }

        @Override
        public void close() {
            presence.close();
            store.close();
        }
    }

    /** A cache that forgets: put renews, and nobody hears of a join or a lapse. */
    final class CaffeinePut implements Contestant {
        private final Cache<String, Boolean> cache;

        CaffeinePut(Ticker ticker) {
            cache = Caffeine.newBuilder().expireAfterWrite(TTL).ticker(ticker).build();
        }

        @Override
        public boolean touch(String member) {
            cache.put(member, true);
            return false;
        }

        @Override
        public boolean isLive(String member) {
            return cache.getIfPresent(member) != null;
        }
    }

    /** A floor: nothing is ever forgotten, and what is live is for the reader to compute. */
    final class HashMapPut implements Contestant {
        private final Map<String, Instant> map = new ConcurrentHashMap<>();

        @Override
        public boolean touch(String member) {
            return map.put(member, Instant.now()) == null;
        }

        @Override
        public boolean isLive(String member) {
            Instant seen = map.get(member);
            return seen != null && !seen.isBefore(Instant.now().minus(TTL));
        }
    }
}
