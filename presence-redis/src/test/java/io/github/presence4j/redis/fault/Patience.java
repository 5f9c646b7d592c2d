package io.github.presence4j.redis.fault;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what has to come true, and fails if it does not. */
final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 1_000_000;

    private Patience() {}

    static void await(String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Tally.since(begin).compareTo(LIMIT) > 0) {
                throw new AssertionError("Waited " + LIMIT + " in vain until " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
