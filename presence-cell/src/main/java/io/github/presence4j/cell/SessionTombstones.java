package io.github.presence4j.cell;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The named sessions that left within the last TTL, so that a late heartbeat does not revive them (S5).
 *
 * <p>They are kept in batches by the time at which they left, a quarter of a TTL each. A whole batch is dropped in one step once
 * its newest is older than a TTL. So any traffic drops at least as many as it adds, however many there are (B4).
 */
final class SessionTombstones {
    private static final int BATCHES_PER_TTL = 4;

    private final Capacity capacity;
    /** The batches, oldest first. */
    private final Deque<Batch> batches = new ArrayDeque<>();

    private record Departed(String member, String session) {}

    /** Sessions that left at about the same time, in the order in which they left. */
    private static final class Batch {
        final Map<Departed, Long> times = new LinkedHashMap<>();
        final long start;
        long newest;

        Batch(long start) {
            this.start = start;
            this.newest = start;
        }
    }

    SessionTombstones(Capacity capacity) {
        this.capacity = capacity;
    }

    /**
     * Remembers that a session left. If the limit is reached, drops the oldest one for it; if there is none, remembers nothing.
     */
    void add(String member, String session, long now, SessionLifetime lifetime) {
        forget(lifetime.cutoff(now));
        if (capacity.admitDeparture() || (forgetOldest() && capacity.admitDeparture())) {
            Departed departed = new Departed(member, session);
            batches.forEach(batch -> remove(batch, departed));
            put(departed, now, lifetime.ttl());
        }
    }

    private void remove(Batch batch, Departed departed) {
        if (batch.times.remove(departed) != null) {
            capacity.releaseDepartures(1);
        }
    }

    private void put(Departed departed, long time, long ttl) {
        Batch last = batches.peekLast();
        if (last == null || time - last.start > ttl / BATCHES_PER_TTL) {
            last = new Batch(time);
            batches.addLast(last);
        }
        last.times.put(departed, time);
        last.newest = time;
    }

    private boolean forgetOldest() {
        for (Batch batch : batches) {
            Iterator<Departed> oldest = batch.times.keySet().iterator();
            if (oldest.hasNext()) {
                oldest.next();
                oldest.remove();
                capacity.releaseDepartures(1);
                return true;
            }
        }
        return false;
    }

    boolean contains(String member, String session, long cutoff) {
        forget(cutoff);
        return !batches.isEmpty() && timeOf(member, session) >= cutoff;
    }

    /** Drops the batches that no query needs any more. */
    void forget(long cutoff) {
        for (Batch oldest = batches.peekFirst();
                oldest != null && oldest.newest < cutoff;
                oldest = batches.peekFirst()) {
            batches.removeFirst();
            capacity.releaseDepartures(oldest.times.size());
        }
    }

    int size() {
        return batches.stream().mapToInt(batch -> batch.times.size()).sum();
    }

    void clear() {
        capacity.releaseDepartures(size());
        batches.clear();
    }

    /** When a session left, if that is remembered; else the beginning of time. */
    long timeOf(String member, String session) {
        Departed departed = new Departed(member, session);
        for (Batch batch : batches) {
            Long time = batch.times.get(departed);
            if (time != null) {
                return time;
            }
        }
        return Long.MIN_VALUE;
    }

    private Map<Departed, Long> all() {
        Map<Departed, Long> all = new LinkedHashMap<>();
        batches.forEach(batch -> all.putAll(batch.times));
        return all;
    }

    /** The later of both, oldest first. */
    static SessionTombstones merged(Capacity capacity, SessionTombstones one, SessionTombstones other, long ttl) {
        Map<Departed, Long> latest = new HashMap<>(one.all());
        other.all().forEach((departed, time) -> latest.merge(departed, time, Math::max));
        SessionTombstones merged = new SessionTombstones(capacity);
        latest.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> merged.putUnbounded(entry.getKey(), entry.getValue(), ttl));
        return merged;
    }

    private void putUnbounded(Departed departed, long time, long ttl) {
        capacity.takeDeparture();
        put(departed, time, ttl);
    }

    void write(DataOutput out) throws IOException {
        Map<Departed, Long> all = all();
        out.writeInt(all.size());
        for (Map.Entry<Departed, Long> entry : all.entrySet()) {
            out.writeUTF(entry.getKey().member());
            out.writeUTF(entry.getKey().session());
            out.writeLong(entry.getValue());
        }
    }

    static SessionTombstones read(Capacity capacity, DataInput in, long ttl) throws IOException {
        SessionTombstones departures = new SessionTombstones(capacity);
        for (int left = in.readInt(); left > 0; left--) {
            departures.putUnbounded(new Departed(in.readUTF(), in.readUTF()), in.readLong(), ttl);
        }
        return departures;
    }
}
