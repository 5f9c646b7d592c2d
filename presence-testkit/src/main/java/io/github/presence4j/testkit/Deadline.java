package io.github.presence4j.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The time until which a test waits for a condition. */
record Deadline(long nanoTime, Duration patience) {
    private static final long GLANCE_NANOS = 500_000;

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos(), patience);
    }

    boolean isOver() {
        return System.nanoTime() - nanoTime > 0;
    }

    /** Looks again and again, which is how a store is asked that has no way of telling. */
    void await(String what, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (isOver()) {
                throw new AssertionError("Waited " + patience + " in vain until " + what);
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }
}
