package io.github.presence4j.cell;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
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

    void add(String member, List<SessionState> sessions) {
        size++;
        put(MemberEntry.of(member, slots.free(), sessions));
    }

    /** Changes an entry. The result, which may be the same entry, takes its place, in the same slot. */
    MemberEntry change(MemberEntry entry, UnaryOperator<MemberEntry> step) {
        tally.remove(entry);
        MemberEntry changed = step.apply(entry);
        if (changed == entry) {
            tally.add(entry);
        } else {
            byTime.remove(entry);
            put(changed);
        }
        return changed;
    }

    private void put(MemberEntry entry) {
        slots.put(entry);
        addToIndex(entry);
        byName.put(entry.member, entry);
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

    /** Renews a session of an entry; does not move the entry in the index. */
    void see(MemberEntry entry, String session, long now) {
        tally.remove(entry);
        entry.see(session, now);
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
        while (left > 0 && entry != null && entry.indexed < cutoff) {
            left -= entry.size();
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
     * Examines entries that the index takes for expired, and moves those that are not. Ends at a number of members and sessions.
     * Returns whether more may be left. Moves entries of this copy only, so it must not be called for a roster that has copies elsewhere.
     */
    boolean settle(long cutoff, int limit) {
        int left = tally.raise(cutoff, limit);
        Iterator<MemberEntry> rest = notCounted();
        MemberEntry last = null;
        MemberEntry entry = rest.hasNext() ? rest.next() : null;
        while (left > 0 && entry != null && entry.indexed < cutoff) {
            left -= entry.size();
            if (entry.seal(cutoff)) {
                tally.tally(entry);
                last = entry;
            } else {
                reindex(entry);
            }
            entry = rest.hasNext() ? rest.next() : null;
        }
        countUntil(last);
        return left <= 0;
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
