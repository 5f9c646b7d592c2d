package io.github.presence4j;

import java.util.concurrent.TimeUnit;

/** Keeps a failure that repeats from filling the log: the first one is logged at once, then one a minute. Thread-safe. */
final class LogThrottle {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private long unlogged;
    private long lastLogged;
    private boolean begun;

    /** Counts a failure and returns how many are to be logged now as one line, this one included; 0 if none is. */
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

    /** Lets the next failure be logged at once, because what failed has worked again. */
    synchronized void reset() {
        begun = false;
        unlogged = 0;
    }
}
