package io.github.presence4j.cell;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
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

    /** When a session left, if that is remembered; else the beginning of time. */
    long timeOf(String member, String session) {
        return times.getOrDefault(new Departed(member, session), Long.MIN_VALUE);
    }

    /** The later of both, oldest first. */
    static Departures merged(Departures one, Departures other) {
        Map<Departed, Long> latest = new HashMap<>(one.times);
        other.times.forEach((departed, time) -> latest.merge(departed, time, Math::max));
        Departures merged = new Departures();
        latest.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> merged.times.put(entry.getKey(), entry.getValue()));
        return merged;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(times.size());
        for (Map.Entry<Departed, Long> entry : times.entrySet()) {
            out.writeUTF(entry.getKey().member());
            out.writeUTF(entry.getKey().session());
            out.writeLong(entry.getValue());
        }
    }

    static Departures read(DataInput in) throws IOException {
        Departures departures = new Departures();
        for (int left = in.readInt(); left > 0; left--) {
            departures.times.put(new Departed(in.readUTF(), in.readUTF()), in.readLong());
        }
        return departures;
    }
}
