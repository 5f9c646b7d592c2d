package io.github.presence4j.cell;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The number of members that the cells of one store may still accept together, and of departed sessions that they may remember.
 * Both have the same limit. A full store refuses new members and evicts none. Thread-safe.
 */
public final class Capacity {
    private final String refusal;
    private final AtomicLong free;
    private final AtomicLong freeDepartures;

    /**
     * Creates a limit.
     *
     * @param most the largest number of members; {@link Long#MAX_VALUE} for no limit
     */
    public Capacity(long most) {
        this(most, "Limit of " + most + " members reached.");
    }

    /**
     * Creates a limit with a message of its own.
     *
     * @param most the largest number of members; {@link Long#MAX_VALUE} for no limit
     * @param refusal the message for a refused member: the limit and what to do
     */
    public Capacity(long most, String refusal) {
        this.refusal = refusal;
        this.free = new AtomicLong(most);
        this.freeDepartures = new AtomicLong(most);
    }

    /** {@return a capacity for any number of members and departed sessions, for one cell or many} */
    public static Capacity unbounded() {
        return new Capacity(Long.MAX_VALUE);
    }

    /** {@return the message for a refused member} */
    String refusal() {
        return refusal;
    }

    /** Takes room for one member; returns false if there is none. */
    boolean admit() {
        return take(free);
    }

    /** Takes room for one departed session; returns false if there is none. */
    boolean admitDeparture() {
        return take(freeDepartures);
    }

    /** {@return whether there is room for a member at the moment} O(1). */
    public boolean hasRoom() {
        return free.get() > 0;
    }

    private static boolean take(AtomicLong room) {
        if (room.decrementAndGet() >= 0) {
            return true;
        }
        room.incrementAndGet();
        return false;
    }

    /** Counts the members of a copied cell, even beyond the bound. */
    void take(int members) {
        free.addAndGet(-members);
    }

    /** Takes room for one departed session, even beyond the limit. */
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
