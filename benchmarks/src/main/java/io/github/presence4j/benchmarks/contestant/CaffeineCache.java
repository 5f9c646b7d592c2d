package io.github.presence4j.benchmarks.contestant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A cache with expiry: put renews, and there are no events for joins or expiries. */
final class CaffeineCache implements Contestant {
    private final Map<String, ContestantTopic> rooms = new ConcurrentHashMap<>();
    private final Ticker ticker;

    CaffeineCache(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public ContestantTopic room(String topic) {
        return rooms.computeIfAbsent(
                topic,
                name -> new OfCaffeine(Caffeine.newBuilder()
                        .expireAfterWrite(TTL)
                        .ticker(ticker)
                        .build()));
    }

    @Override
    public void close() {}

    private record OfCaffeine(Cache<String, Boolean> cache) implements LocalRoom {
        @Override
        public void touch(String member) {
            cache.put(member, true);
        }

        @Override
        public boolean isLive(String member) {
            return cache.getIfPresent(member) != null;
        }

        @Override
        public void leave(String member) {
            cache.invalidate(member);
        }

        /** Includes some that have expired; the only better count is by a list. */
        @Override
        public long count() {
            return cache.estimatedSize();
        }

        @Override
        public int list() {
            return List.copyOf(cache.asMap().keySet()).size();
        }
    }
}
