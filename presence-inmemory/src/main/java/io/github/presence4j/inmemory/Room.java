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
 * The members that a store may hold, and the cells in the order in which their members may expire: so a full store finds the expired
 * members of any topic without looking at the other topics. Thread-safe.
 */
final class Room {
    /** Cells that are looked at for one call, and for each member that it wants in. */
    private static final int LOOKS = 1000;

    private static final int LOOKS_PER_MEMBER = 2;
    /** Members that are looked at in a cell at a time. */
    private static final int MEMBERS = 16;

    private final boolean isBounded;
    private final String refusal;
    private final Capacity capacity;
    private final ConcurrentSkipListSet<Due> order = new ConcurrentSkipListSet<>();
    private final AtomicLong numbers = new AtomicLong();

    /** A cell, and a time before which none of its members expires. */
    record Due(long time, long number, Cell cell) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(time, other.time);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    Room(long maxMembers) {
        this.isBounded = maxMembers != Long.MAX_VALUE;
        this.refusal = "Limit inmemory.max-members=" + maxMembers + " reached; raise it or let members leave.";
        this.capacity = new Capacity(maxMembers, refusal);
    }

    Capacity capacity() {
        return capacity;
    }

    /** Under the cell's lock: puts it where it belongs. {@link Long#MAX_VALUE} if nobody is in it. */
    @Nullable
    Due place(Cell cell, @Nullable Due before, long time) {
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

    /** Expired members of any topic make room for newcomers; live ones never do (E5). A bounded number of looks. */
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
        return made > 0;
    }

    /** Returns the touches that were refused for want of room. */
    List<Touch> refused(Collection<Touch> touches, TouchOutcome outcome) {
        return outcome.refused().isEmpty()
                ? List.of()
                : touches.stream()
                        .filter(touch -> refusal.equals(outcome.refused().get(touch)))
                        .toList();
    }
}
