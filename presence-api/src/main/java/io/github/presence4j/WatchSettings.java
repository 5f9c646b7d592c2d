package io.github.presence4j;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the watches of one {@link Presence} share.
 *
 * @param sweepInterval how late a timeout may be told
 * @param timeoutMillis of a call
 * @param timer runs the steps of all watches, now or later
 * @param slots bounds the polls under way
 * @param outages logs when polls fail
 */
record WatchSettings(
        Duration sweepInterval,
        long timeoutMillis,
        ScheduledExecutorService timer,
        PollSlots slots,
        OutageLog outages) {

    /** Shorter where the topic's own TTL is: a watcher that looks more rarely than sessions last would miss all of them. */
    long sweepMillis(Duration ttl) {
        return Math.min(sweepInterval.toMillis(), Math.max(ttl.toMillis(), PresenceConfig.SHORT_SWEEP.toMillis()));
    }
}
