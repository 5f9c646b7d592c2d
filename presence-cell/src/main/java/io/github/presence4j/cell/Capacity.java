package io.github.presence4j.cell;

import java.util.concurrent.atomic.AtomicLong;

/** How many members the cells of one store may still take together (E5). Thread-safe. */
public final class Capacity {
    private final String refusal;
    private final AtomicLong free;
    /** Before this time nobody can have lapsed, so a full store need not look for room. */
    private final AtomicLong nextLapse = new AtomicLong();

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
    }

    /** {@return why a newcomer is refused} */
    String refusal() {
        return refusal;
    }

    /** Room for one who does not lapse before {@code lapse}. */
    boolean admit(long lapse) {
        if (free.decrementAndGet() >= 0) {
            lapseFrom(lapse);
            return true;
        }
        free.incrementAndGet();
        return false;
    }

    /** Those who are there already, in a copy of a cell: bound or not. */
    void take(int members) {
        free.addAndGet(-members);
    }

    void release(int members) {
        free.addAndGet(members);
    }

    /**
     * Whether looking for room can help.
     *
     * @param now the time, in milliseconds
     * @return whether somebody may have lapsed since this was asked before
     */
    public boolean mayReclaim(long now) {
        return now >= nextLapse.getAndSet(Long.MAX_VALUE);
    }

    /**
     * Somebody may lapse at this time.
     *
     * @param time in milliseconds
     */
    public void lapseFrom(long time) {
        if (time < nextLapse.get()) {
            nextLapse.accumulateAndGet(time, Math::min);
        }
    }
}
