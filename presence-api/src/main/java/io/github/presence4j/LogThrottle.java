package io.github.presence4j;

import java.util.concurrent.TimeUnit;

/** A throttle for a failure that repeats: the first one is logged at once, then at most one a minute. Thread-safe. */
final class LogThrottle {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private long unlogged;
    private long lastLogged;
    private boolean begun;

    /** Counts a failure. Returns how many failures to report now in one line, this one included; 0 to log nothing. */
    synchronized long count() {
        long now = ProcessClock.nanoTime();
        unlogged++;
        if (begun && now - lastLogged < PAUSE_NANOS) {
            return 0;
        }
        long due = unlogged;
        begun = true;
        lastLogged = now;
        unlogged = 0;
        return due;
    }

    /** Lets the next failure be logged at once; called after a success. */
    synchronized void reset() {
        begun = false;
        unlogged = 0;
    }
}
