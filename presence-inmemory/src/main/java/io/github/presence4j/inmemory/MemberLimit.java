package io.github.presence4j.inmemory;

import io.github.presence4j.Touch;
import io.github.presence4j.cell.Capacity;
import io.github.presence4j.spi.TouchOutcome;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The limit of members of a store, and its cells in the order in which their members may expire. So a full store finds the
 * expired members of any topic without examining the other topics. Thread-safe.
 */
final class MemberLimit {
    /** The number of cells that a call may examine, plus a number per member that needs room. */
    private static final int LOOKS = 1000;

    private static final int LOOKS_PER_MEMBER = 2;
    /** The number of members that are examined in a cell at a time. */
    private static final int MEMBERS = 16;

    private final boolean isBounded;
    private final String refusal;
    private final Capacity capacity;
    private final ConcurrentSkipListSet<Due> order = new ConcurrentSkipListSet<>();
    private final AtomicLong numbers = new AtomicLong();

    /** A cell, and a time before which none of its members expires. */
    record Due(long time, long number, LockedCell cell) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(time, other.time);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    MemberLimit(long maxMembers) {
        this.isBounded = maxMembers != Long.MAX_VALUE;
        this.refusal = "Limit inmemory.max-members=" + maxMembers + " reached; raise it or let members leave.";
        this.capacity = new Capacity(maxMembers, refusal);
    }

    Capacity capacity() {
        return capacity;
    }

    /** Moves a cell to its place in the order. {@link Long#MAX_VALUE} removes an empty cell. Requires the lock of the cell. */
    @Nullable
    Due place(LockedCell cell, @Nullable Due before, long time) {
        if (!isBounded || (before == null ? time == Long.MAX_VALUE : before.time == time)) {
            return before;
        }
        if (before != null) {
            order.remove(before);
        }
        if (time == Long.MAX_VALUE) {
            return null;
        }
        Due due = new Due(time, numbers.incrementAndGet(), cell);
        order.add(due);
        return due;
    }

    /**
     * Removes expired members of any topic, never live ones (E5), examining a bounded number. Returns whether there is room
     * now: the call that was refused may have removed some itself.
     */
    boolean make(int wanted, long now) {
        int made = 0;
        long looks = LOOKS + (long) LOOKS_PER_MEMBER * wanted;
        while (made < wanted && looks-- > 0) {
            Due first = order.isEmpty() ? null : order.first();
            if (first == null || first.time > now) {
                break;
            }
            made += first.cell.reclaim(MEMBERS);
        }
        return made > 0 || capacity.hasRoom();
    }

    /** Returns the touches that were refused for lack of room. */
    List<Touch> refused(Collection<Touch> touches, TouchOutcome outcome) {
        return outcome.refused().isEmpty()
                ? List.of()
                : touches.stream()
                        .filter(touch -> refusal.equals(outcome.refused().get(touch)))
                        .toList();
    }
}
