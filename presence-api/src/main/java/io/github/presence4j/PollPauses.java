package io.github.presence4j;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The pauses of a watch, in milliseconds.
 *
 * @param ttl the TTL of the topic
 * @param sweep how late a timeout may be reported
 */
record PollPauses(long ttl, long sweep) {
    private static final long SAFETY_MAX = 30_000;
    private static final long RETRY_MIN = 100;
    private static final long RETRY_MAX = 2_000;
    private static final int PATIENCE_PER_SWEEP = 4;

    /** Returns the longest pause: how late an event may be seen after a lost signal. */
    long safety() {
        return Math.min(SAFETY_MAX, Math.max(ttl / 3, sweep / 2));
    }

    /**
     * Returns how long to wait for a listener with a full queue. An answer waits at most twice that for one listener. So
     * timeouts are delivered within a sweep interval (rule W4).
     */
    long patience() {
        return Math.max(1, sweep / PATIENCE_PER_SWEEP);
    }

    /**
     * Returns the pause until just after the next timeout, at most the safety interval. The first pause is a random part of that,
     * so that watches that began together do not poll in step.
     */
    long next(Duration untilNext, boolean first) {
        long jitter = random(0, sweep / 2 + 1);
        long longest = first ? random(1, safety() + 1) : safety();
        return Math.min(untilNext.toMillis() + 1 + jitter, longest);
    }

    static long retry(int failures) {
        return random(RETRY_MIN / 2, Math.min(RETRY_MAX, RETRY_MIN << Math.min(failures, 5)));
    }

    private static long random(long from, long to) {
        return ThreadLocalRandom.current().nextLong(from, to);
    }
}
