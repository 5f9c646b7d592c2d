package io.github.presence4j.benchmarks.contestant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A floor: nothing is ever forgotten, and what is live is for the reader to compute. */
final class HashMaps implements Contestant {
    private final Map<String, ContestantTopic> rooms = new ConcurrentHashMap<>();
    private final Map<String, SessionTopic> sessions = new ConcurrentHashMap<>();

    @Override
    public ContestantTopic room(String topic) {
        return rooms.computeIfAbsent(topic, name -> new OfHashMap(new ConcurrentHashMap<>()));
    }

    @Override
    public SessionTopic sessions(String topic) {
        return sessions.computeIfAbsent(topic, name -> new OfTabs(new ConcurrentHashMap<>()));
    }

    @Override
    public void close() {}

    private record Said(long at, @Nullable String data) {
        boolean isLive() {
            return at >= System.currentTimeMillis() - TTL.toMillis();
        }
    }

    private record OfTabs(Map<String, Said> map) implements LocalSessions {
        @Override
        public void touch(String member, String tab, @Nullable String data) {
            map.put(SessionTopic.nameOf(member, tab), new Said(System.currentTimeMillis(), data));
        }

        @Override
        public void leave(String member, String tab) {
            map.remove(SessionTopic.nameOf(member, tab));
        }

        @Override
        public @Nullable String data(String member, String tab) {
            Said said = map.get(SessionTopic.nameOf(member, tab));
            return said == null || !said.isLive() ? null : Objects.requireNonNullElse(said.data(), "");
        }

        @Override
        public long count() {
            return map.values().stream().filter(Said::isLive).count();
        }
    }

    private record OfHashMap(Map<String, Long> map) implements LocalRoom {
        @Override
        public void touch(String member) {
            map.put(member, System.currentTimeMillis());
        }

        @Override
        public boolean isLive(String member) {
            Long seen = map.get(member);
            return seen != null && seen >= System.currentTimeMillis() - TTL.toMillis();
        }

        @Override
        public void leave(String member) {
            map.remove(member);
        }

        @Override
        public long count() {
            return list();
        }

        @Override
        public int list() {
            long since = System.currentTimeMillis() - TTL.toMillis();
            List<String> live = new ArrayList<>();
            map.forEach((member, seen) -> {
                if (seen >= since) {
                    live.add(member);
                }
            });
            return live.size();
        }
    }
}
