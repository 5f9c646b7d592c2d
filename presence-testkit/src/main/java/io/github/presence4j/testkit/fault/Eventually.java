package io.github.presence4j.testkit.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Polls until a condition holds, and fails if it does not hold in time. Thread-safe, because it has no state. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long MIN_PAUSE_NANOS = 500_000;
    private static final long MAX_PAUSE_NANOS = 20_000_000;

    private Eventually() {}

    /**
     * Waits until a condition holds, for at most 30 seconds.
     *
     * @param what ends the message of the failure, such as "the store has connected"
     * @param condition is asked again and again; what it throws ends the wait
     * @throws AssertionError if the condition does not hold in time, or the thread is interrupted
     */
    public static void await(String what, BooleanSupplier condition) {
        await(LIMIT, what, condition);
    }

    /**
     * Waits until a condition holds.
     *
     * @param limit how long to wait, positive
     * @param what ends the message of the failure
     * @param condition is asked again and again; what it throws ends the wait
     * @throws AssertionError if the condition does not hold in time, or the thread is interrupted
     */
    public static void await(Duration limit, String what, BooleanSupplier condition) {
        await(limit, () -> what, condition, List.of());
    }

    /**
     * Waits until a condition holds. Asks often at first, and after a while 50 times a second.
     *
     * @param limit how long to wait, positive; the condition is asked once even if it is zero
     * @param what ends the message of the failure; is asked for it only then
     * @param condition is asked again and again
     * @param notYet types of exceptions by which the condition says that it does not hold yet. Any other exception ends the wait
     * @throws AssertionError if the condition does not hold in time, or the thread is interrupted. Its cause is the last
     *     exception that was ignored
     */
    public static void await(
            Duration limit,
            Supplier<String> what,
            BooleanSupplier condition,
            List<Class<? extends RuntimeException>> notYet) {
        long begin = System.nanoTime();
        while (true) {
            RuntimeException ignored = null;
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (RuntimeException e) {
                if (notYet.stream().noneMatch(type -> type.isInstance(e))) {
                    throw e;
                }
                ignored = e;
            }
            pause(begin, limit, what, ignored);
        }
    }

    private static void pause(long begin, Duration limit, Supplier<String> what, @Nullable RuntimeException ignored) {
        long waited = System.nanoTime() - begin;
        if (waited > limit.toNanos()) {
            throw new AssertionError("Waited " + limit + " in vain until " + what.get(), ignored);
        }
        LockSupport.parkNanos(Math.min(MAX_PAUSE_NANOS, Math.max(MIN_PAUSE_NANOS, waited / 50)));
        if (Thread.currentThread().isInterrupted()) {
            throw new AssertionError("Interrupted while waiting until " + what.get(), ignored);
        }
    }
}
