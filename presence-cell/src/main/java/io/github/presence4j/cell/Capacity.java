package io.github.presence4j.cell;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many members the cells of one store may still take together (E5), and how many departed sessions they may remember (B4): as
 * many. Thread-safe.
 */
public final class Capacity {
    private final String refusal;
    private final AtomicLong free;
    private final AtomicLong freeDepartures;

    /**
     * A bound.
     *
     * @param most how many members; {@link Long#MAX_VALUE} for any number
     */
    public Capacity(long most) {
        this(most, "Limit of " + most + " members reached.");
    }

    /**
     * A bound with a message of its own.
     *
     * @param most how many members
     * @param refusal names the bound and says what to do
     */
    public Capacity(long most, String refusal) {
        this.refusal = refusal;
        this.free = new AtomicLong(most);
        this.freeDepartures = new AtomicLong(most);
    }

    /** {@return why a newcomer is refused} */
    String refusal() {
        return refusal;
    }

    /** Takes room for one member; false if there is none. */
    boolean admit() {
        return take(free);
    }

    /** Takes room for one departed session; false if there is none. */
    boolean admitDeparture() {
        return take(freeDepartures);
    }

    private static boolean take(AtomicLong room) {
        if (room.decrementAndGet() >= 0) {
            return true;
        }
        room.incrementAndGet();
        return false;
    }

    /** Those who are there already, in a copy of a cell: bound or not. */
    void take(int members) {
        free.addAndGet(-members);
    }

    /** As {@link #take(int)}, for one departed session. */
    void takeDeparture() {
        freeDepartures.decrementAndGet();
    }

    void release(int members) {
        free.addAndGet(members);
    }

    void releaseDepartures(int departures) {
        freeDepartures.addAndGet(departures);
    }
}
