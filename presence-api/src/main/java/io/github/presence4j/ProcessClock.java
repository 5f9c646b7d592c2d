package io.github.presence4j;

import java.time.Instant;

/**
 * The clock of this process, for how long the process itself has waited and since when it has heard nothing. No time of it is sent to
 * a store or compared with a store's (T2).
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
