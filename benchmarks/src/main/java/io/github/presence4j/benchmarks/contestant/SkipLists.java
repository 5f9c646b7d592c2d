package io.github.presence4j.benchmarks.contestant;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** The sorted set of the seed in one process: members by the time they were seen, moved at each touch. */
final class SkipLists implements Contestant {
    private final Map<String, ContestantTopic> rooms = new ConcurrentHashMap<>();

    @Override
    public ContestantTopic room(String topic) {
        return rooms.computeIfAbsent(topic, name -> new OfSkipList());
    }

    @Override
    public void close() {}

    private record Seen(long at, String member) {}

    private static final class OfSkipList implements LocalRoom {
        private final Map<String, Seen> byName = new ConcurrentHashMap<>();
        private final NavigableSet<Seen> byTime =
                new ConcurrentSkipListSet<>(Comparator.comparingLong(Seen::at).thenComparing(Seen::member));

        @Override
        public void touch(String member) {
            Seen now = new Seen(System.currentTimeMillis(), member);
            Seen before = byName.put(member, now);
            if (before != null) {
                byTime.remove(before);
            }
            byTime.add(now);
        }

        @Override
        public boolean isLive(String member) {
            Seen seen = byName.get(member);
            return seen != null && seen.at() >= since().at();
        }

        @Override
        public void leave(String member) {
            Seen before = byName.remove(member);
            if (before != null) {
                byTime.remove(before);
            }
        }

        @Override
        public long count() {
            return list();
        }

        @Override
        public int list() {
            return List.copyOf(byTime.tailSet(since())).size();
        }

        private static Seen since() {
            return new Seen(System.currentTimeMillis() - TTL.toMillis(), "");
        }
    }
}
