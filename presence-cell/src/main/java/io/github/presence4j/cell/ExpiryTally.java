package io.github.presence4j.cell;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many of the first entries of a cell's index have expired, so that a count need not examine them again. The other ones among them
 * were renewed, but the index still has them under an earlier time. They are counted by the time at which they were last seen, so it is
 * known how many of them expire when. This is a cache: it does not count for the equality of two copies.
 *
 * <p>An entry has expired if it was last seen before the cutoff, which never decreases. So the tally needs no mark on an entry. Every
 * change of a counted entry must be reported: first {@link #remove}, then {@link #add}. Guarded by the cell's lock.
 */
final class ExpiryTally {
    private final Comparator<MemberEntry> order;
    /** The number of entries that have not expired, by the time at which they were last seen. */
    private final TreeMap<Long, Integer> live = new TreeMap<>();
    /** A copy of the last counted entry, since the entry itself may move in the index or leave it. */
    private @Nullable MemberEntry last;

    private long cutoff = Long.MIN_VALUE;
    private int expired;

    ExpiryTally(Comparator<MemberEntry> order) {
        this.order = order;
    }

    /** Returns the number of entries that are known to have expired. */
    int expired() {
        return expired;
    }

    /** Returns the end of what was counted; null before the first entry. */
    @Nullable
    MemberEntry last() {
        return last;
    }

    /** Counts the next entries of the index up to this one; each of them was, or now is, {@linkplain #tally tallied}. */
    void countUntil(MemberEntry entry) {
        last = new OneSessionEntry("", entry.slot, entry.indexed);
    }

    /** Tallies an entry by the current cutoff. */
    void tally(MemberEntry entry) {
        long seen = entry.lastSeen();
        if (seen < cutoff) {
            expired++;
        } else {
            live.merge(seen, 1, Integer::sum);
        }
    }

    /** Tallies an entry if it is in the part of the index that was counted. */
    void add(MemberEntry entry) {
        if (covers(entry)) {
            tally(entry);
        }
    }

    /** Reverts {@link #add}; the entry has not changed since then. */
    void remove(MemberEntry entry) {
        if (!covers(entry)) {
            return;
        }
        long seen = entry.lastSeen();
        if (seen < cutoff) {
            expired--;
        } else {
            live.computeIfPresent(seen, (time, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean covers(MemberEntry entry) {
        return last != null && order.compare(entry, last) <= 0;
    }

    /** Raises the cutoff, in at most so many steps. Returns how many steps are left. If none is, the cutoff may be lower than wanted. */
    int raise(long wanted, int steps) {
        int left = steps;
        while (left > 0 && !live.isEmpty() && live.firstKey() < wanted) {
            Map.Entry<Long, Integer> oldest = live.pollFirstEntry();
            expired += oldest.getValue();
            cutoff = oldest.getKey() + 1;
            left--;
        }
        if (left > 0) {
            cutoff = Math.max(cutoff, wanted);
        }
        return left;
    }
}
