package io.github.presence4j.testkit.fault;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what has to come true, and fails if it does not. */
public final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 1_000_000;

    private Patience() {}

    /**
     * How long ago something was.
     *
     * @param began by {@link System#nanoTime}
     * @return the time since
     */
    public static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Lets something last.
     *
     * @param duration for how long
     */
    public static void last(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        await("it has lasted", () -> System.nanoTime() >= end);
    }

    /**
     * Looks every millisecond, for 30 seconds.
     *
     * @param what ends the message
     * @param condition has to come true
     */
    public static void await(String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (since(begin).compareTo(LIMIT) > 0) {
                throw new AssertionError("Waited " + LIMIT + " in vain until " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
