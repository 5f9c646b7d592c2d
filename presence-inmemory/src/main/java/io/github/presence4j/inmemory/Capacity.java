package io.github.presence4j.inmemory;

import java.util.concurrent.atomic.AtomicLong;

/** How many members the store may still take (E5). */
final class Capacity {
    final long most;
    private final AtomicLong free;
    /** Before this time nobody can have lapsed, so a full store need not look for room. */
    private final AtomicLong nextLapse = new AtomicLong();

    Capacity(long most) {
        this.most = most;
        this.free = new AtomicLong(most);
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

    void release(int members) {
        free.addAndGet(members);
    }

    boolean mayReclaim(long now) {
        return now >= nextLapse.getAndSet(Long.MAX_VALUE);
    }

    /** Somebody may lapse at this time, not before. */
    void lapseFrom(long time) {
        if (time < nextLapse.get()) {
            nextLapse.accumulateAndGet(time, Math::min);
        }
    }
}
