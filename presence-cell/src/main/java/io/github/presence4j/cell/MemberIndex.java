package io.github.presence4j.cell;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * The members of a cell, found three ways. By name, without a lock. By slot: a member keeps its slot from its join to its
 * end, so a listing that goes through the slots meets it exactly once (R2). By the time under which the index filed it: a
 * skip list, oldest first. A renewal does not move the entry. A call that meets an outdated entry at the head moves it to
 * its new place, so a member costs few moves per TTL. Ordered by time seen and not by deadline, it outlives a change of the
 * TTL.
 *
 * <p>A count need not examine the first entries of the index again, see {@link ExpiryTally}.
 *
 * <p>Everything but {@link #find} and {@link #all} is guarded by the cell's lock.
 */
final class MemberIndex {
    private static final Comparator<MemberEntry> OLDEST_FIRST =
            Comparator.<MemberEntry>comparingLong(entry -> entry.indexed).thenComparingInt(entry -> entry.slot);

    private final Map<String, MemberEntry> byName = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<MemberEntry> byTime = new ConcurrentSkipListSet<>(OLDEST_FIRST);
    private final SlotTable slots = new SlotTable();
    private final ExpiryTally tally = new ExpiryTally(OLDEST_FIRST);
    private int size;

    @Nullable
    MemberEntry find(String member) {
        return byName.get(member);
    }

    Iterable<MemberEntry> all() {
        return byName.values();
    }

    int size() {
        return size;
    }

    SlotTable slots() {
        return slots;
    }

    MemberEntry add(String member, long seen, @Nullable Sessions sessions) {
        size++;
        return put(new MemberEntry(member, slots.free(), seen, sessions));
    }

    /** Gives a plain member sessions, in the same slot. */
    MemberEntry enrich(MemberEntry plain, Sessions sessions) {
        takeFromIndex(plain);
        return put(new MemberEntry(plain.member, plain.slot, plain.lastSeen(), sessions));
    }

    private MemberEntry put(MemberEntry entry) {
        slots.put(entry);
        addToIndex(entry);
        byName.put(entry.member, entry);
        return entry;
    }

    void remove(MemberEntry entry) {
        size--;
        byName.remove(entry.member);
        takeFromIndex(entry);
        slots.remove(entry);
    }

    private void takeFromIndex(MemberEntry entry) {
        if (byTime.remove(entry)) {
            tally.remove(entry);
        }
    }

    private void addToIndex(MemberEntry entry) {
        byTime.add(entry);
        tally.add(entry);
    }

    /** Renews an entry; does not move it in the index. */
    void see(MemberEntry entry, long now) {
        tally.remove(entry);
        entry.see(now);
        tally.add(entry);
    }

    /** Sets when an entry with sessions was last seen; does not move it in the index. */
    void setSeen(MemberEntry entry, long time) {
        tally.remove(entry);
        entry.setSeen(time);
        tally.add(entry);
    }

    @Nullable
    MemberEntry oldest() {
        return byTime.isEmpty() ? null : byTime.first();
    }

    /** Moves an entry in the index to the time at which it was last seen. */
    void reindex(MemberEntry entry) {
        takeFromIndex(entry);
        entry.indexed = entry.lastSeen();
        addToIndex(entry);
    }

    /** Returns how many entries have expired. Examines only those that were not counted before. */
    int countExpired(long cutoff) {
        tally.raise(cutoff, Integer.MAX_VALUE);
        Iterator<MemberEntry> rest = notCounted();
        int live = 0;
        int lapsed = 0;
        MemberEntry last = null;
        while (rest.hasNext()) {
            MemberEntry entry = rest.next();
            if (entry.indexed >= cutoff) {
                break;
            }
            if (!entry.seal(cutoff)) {
                live++;
            } else if (live == 0) {
                tally.tally(entry);
                last = entry;
            } else {
                lapsed++;
            }
        }
        countUntil(last);
        return tally.expired() + lapsed;
    }

    /**
     * Does the same, examining a limited number of entries; the next call continues where this one stopped. Returns -1 if there may be
     * more to examine. Also counts entries that are live, so it must not be called for a roster whose entries are renewed without the
     * lock.
     */
    int countExpired(long cutoff, int limit) {
        int left = tally.raise(cutoff, limit);
        Iterator<MemberEntry> rest = notCounted();
        MemberEntry last = null;
        MemberEntry entry = rest.hasNext() ? rest.next() : null;
        for (; left > 0 && entry != null && entry.indexed < cutoff; left--) {
            tally.tally(entry);
            last = entry;
            entry = rest.hasNext() ? rest.next() : null;
        }
        countUntil(last);
        return left > 0 ? tally.expired() : -1;
    }

    private void countUntil(@Nullable MemberEntry last) {
        if (last != null) {
            tally.countUntil(last);
        }
    }

    /**
     * Examines entries that the index takes for expired, up to a limit, and moves those that are not. Returns whether more may be
     * left. Moves entries of this copy only, so it must not be called for a roster that has copies elsewhere.
     */
    boolean settle(long cutoff, int limit) {
        int left = tally.raise(cutoff, limit);
        Iterator<MemberEntry> rest = notCounted();
        MemberEntry last = null;
        MemberEntry entry = rest.hasNext() ? rest.next() : null;
        for (; left > 0 && entry != null && entry.indexed < cutoff; left--) {
            if (entry.seal(cutoff)) {
                tally.tally(entry);
                last = entry;
            } else {
                reindex(entry);
            }
            entry = rest.hasNext() ? rest.next() : null;
        }
        countUntil(last);
        return left == 0;
    }

    private Iterator<MemberEntry> notCounted() {
        MemberEntry last = tally.last();
        return last == null ? byTime.iterator() : byTime.tailSet(last, false).iterator();
    }

    /** Writes the roster with the slots and the times of the index, so that the copy lists and sweeps in the same order. */
    void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (MemberEntry entry = slots.from(0); entry != null; entry = slots.from(entry.slot + 1)) {
            out.writeInt(entry.slot);
            entry.write(out);
        }
    }

    static MemberIndex read(DataInput in) throws IOException {
        MemberIndex roster = new MemberIndex();
        roster.read(in.readInt(), in);
        return roster;
    }

    /** Reads a copy of version 1, which also had the free slots in the order of their use. */
    static MemberIndex readFirstVersion(DataInput in) throws IOException {
        int end = in.readInt();
        int free = in.readInt();
        for (int i = 0; i < free; i++) {
            in.readInt();
        }
        MemberIndex roster = new MemberIndex();
        roster.read(end - free, in);
        return roster;
    }

    private void read(int entries, DataInput in) throws IOException {
        for (int left = entries; left > 0; left--) {
            put(MemberEntry.read(in.readInt(), in));
            size++;
        }
    }
}
