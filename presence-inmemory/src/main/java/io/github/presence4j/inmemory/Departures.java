package io.github.presence4j.inmemory;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which named sessions left within the last TTL, so that a late heartbeat does not revive them (S5). Oldest first. */
final class Departures {
    /** More than one is added at most, so what is stored shrinks to what is needed. */
    private static final int FORGET_PER_CALL = 2;

    private final Map<Departed, Long> times = new LinkedHashMap<>();

    private record Departed(String member, String session) {}

    void add(String member, String session, long now, long cutoff) {
        forget(cutoff);
        Departed departed = new Departed(member, session);
        times.remove(departed);
        times.put(departed, now);
    }

    boolean contains(String member, String session, long cutoff) {
        forget(cutoff);
        Long left = times.get(new Departed(member, session));
        return left != null && left >= cutoff;
    }

    private void forget(long cutoff) {
        Iterator<Long> oldest = times.values().iterator();
        for (int i = 0; i < FORGET_PER_CALL && oldest.hasNext() && oldest.next() < cutoff; i++) {
            oldest.remove();
        }
    }

    void clear() {
        times.clear();
    }
}
