package io.github.presence4j;

import java.time.Instant;

/**
 * The clock of this process, for its own waiting times and the time of the last answer. Its times are never sent to a store or
 * compared with those of a store (T2).
 */
final class ProcessClock {
    private ProcessClock() {}

    static long nanoTime() {
        return System.nanoTime();
    }

    static Instant now() {
        return Instant.now();
    }
}
