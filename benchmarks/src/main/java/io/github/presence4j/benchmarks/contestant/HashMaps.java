package io.github.presence4j.benchmarks.contestant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A floor: nothing is ever forgotten, and what is live is for the reader to compute. */
final class HashMaps implements Contestant {
    private final Map<String, ContestantTopic> rooms = new ConcurrentHashMap<>();

    @Override
    public ContestantTopic room(String topic) {
        return rooms.computeIfAbsent(topic, name -> new OfHashMap(new ConcurrentHashMap<>()));
    }

    @Override
    public void close() {}

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
