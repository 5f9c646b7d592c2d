package io.github.presence4j.benchmarks.contestant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A cache with expiry: put renews, and there are no events for joins or expiries. */
final class CaffeineCache implements Contestant {
    private final Map<String, ContestantTopic> rooms = new ConcurrentHashMap<>();
    private final Map<String, SessionTopic> sessions = new ConcurrentHashMap<>();
    private final Ticker ticker;

    CaffeineCache(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public ContestantTopic room(String topic) {
        return rooms.computeIfAbsent(topic, name -> new OfCaffeine(cache()));
    }

    @Override
    public SessionTopic sessions(String topic) {
        return sessions.computeIfAbsent(topic, name -> new OfTabs(cache()));
    }

    private <V> Cache<String, V> cache() {
        return Caffeine.newBuilder().expireAfterWrite(TTL).ticker(ticker).build();
    }

    @Override
    public void close() {}

    /** The cache keeps the times. */
    private record OfTabs(Cache<String, String> cache) implements LocalSessions {
        @Override
        public void touch(String member, String tab, @Nullable String data) {
            cache.put(SessionTopic.nameOf(member, tab), data == null ? "" : data);
        }

        @Override
        public void leave(String member, String tab) {
            cache.invalidate(SessionTopic.nameOf(member, tab));
        }

        @Override
        public @Nullable String data(String member, String tab) {
            return cache.getIfPresent(SessionTopic.nameOf(member, tab));
        }

        @Override
        public long count() {
            return cache.asMap().keySet().size();
        }
    }

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
