package io.github.presence4j.redis.server;

import io.github.presence4j.testkit.fault.Eventually;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what a server takes its time to do. */
final class Await {
    private Await() {}

    /**
     * Returns as soon as the condition holds. A server that cannot be reached or that answers with an error has not got there
     * yet; what else the condition throws ends the wait.
     */
    static void until(Duration patience, Supplier<String> what, BooleanSupplier condition) {
        Eventually.await(patience, what, condition, List.of(UncheckedIOException.class, RedisErrorReply.class));
    }
}
