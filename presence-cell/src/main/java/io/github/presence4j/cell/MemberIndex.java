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
 * <p>A prefix of the index may be known to have expired, so that a count does not examine it again. That is a cache: it
 * does not count for the equality of two copies.
 *
 * <p>Everything but {@link #find} and {@link #all} is guarded by the cell's lock.
 */
final class MemberIndex {
    private static final Comparator<MemberEntry> OLDEST_FIRST =
            Comparator.<MemberEntry>comparingLong(entry -> entry.indexed).thenComparingInt(entry -> entry.slot);

    private final Map<String, MemberEntry> byName = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<MemberEntry> byTime = new ConcurrentSkipListSet<>(OLDEST_FIRST);
    private final SlotTable slots = new SlotTable();
    private int size;
    /** The last of the entries that are known to have expired. It may have been removed since. */
    private @Nullable MemberEntry lastExpired;
    /** The number of entries up to that one. */
    private int expired;

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
        byTime.add(entry);
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
        if (byTime.remove(entry) && lastExpired != null && OLDEST_FIRST.compare(entry, lastExpired) <= 0) {
            expired--;
        }
    }

    @Nullable
    MemberEntry oldest() {
        return byTime.isEmpty() ? null : byTime.first();
    }

    /** Moves an entry in the index to the time at which it was last seen. */
    void reindex(MemberEntry entry) {
        takeFromIndex(entry);
        entry.indexed = entry.lastSeen();
        byTime.add(entry);
    }

    /** Returns how many entries have expired. Examines only those that were not known to have. */
    int countExpired(long cutoff) {
        Iterator<MemberEntry> rest = notKnownExpired();
        int live = 0;
        int lapsed = 0;
        while (rest.hasNext()) {
            MemberEntry entry = rest.next();
            if (entry.indexed >= cutoff) {
                break;
            }
            if (!entry.seal(cutoff)) {
                live++;
            } else if (live == 0) {
                noteExpired(entry);
            } else {
                lapsed++;
            }
        }
        return expired + lapsed;
    }

    /**
     * Examines entries that the index takes for expired, up to a limit, and moves those that are not. Returns whether more may be
     * left. Moves entries of this copy only, so it must not be called for a roster that has copies elsewhere.
     */
    boolean settle(long cutoff, int limit) {
        Iterator<MemberEntry> rest = notKnownExpired();
        for (int i = 0; i < limit; i++) {
            MemberEntry entry = rest.hasNext() ? rest.next() : null;
            if (entry == null || entry.indexed >= cutoff) {
                return false;
            }
            if (entry.seal(cutoff)) {
                noteExpired(entry);
            } else {
                reindex(entry);
            }
        }
        return true;
    }

    private Iterator<MemberEntry> notKnownExpired() {
        return lastExpired == null
                ? byTime.iterator()
                : byTime.tailSet(lastExpired, false).iterator();
    }

    private void noteExpired(MemberEntry entry) {
        lastExpired = entry;
        expired++;
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
