package io.github.presence4j.redis.server;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Polls for what a server takes its time to do, since tests do not wait for a fixed time. */
final class Await {
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Await() {}

    /**
     * Returns as soon as the condition holds. A server that cannot be reached or that answers with an error has not got there
     * yet; what else the condition throws ends the wait.
     */
    static void until(Duration patience, Supplier<String> what, BooleanSupplier condition) {
        long start = System.nanoTime();
        @Nullable RuntimeException last;
        do {
            last = null;
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (UncheckedIOException | RedisErrorReply notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Interrupted while awaiting: " + what.get(), last);
            }
        } while (System.nanoTime() - start < patience.toNanos());
        throw new IllegalStateException("Not within " + patience + ": " + what.get(), last);
    }
}
