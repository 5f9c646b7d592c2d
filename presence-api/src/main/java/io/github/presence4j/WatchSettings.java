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

    /** A topic with a short TTL of its own is swept sooner: a watcher that looks more rarely than sessions last would miss them. */
    PollPauses pauses(Duration ttl) {
        long longest = Math.max(ttl.toMillis(), PresenceConfig.SHORT_SWEEP.toMillis());
        return new PollPauses(ttl.toMillis(), Math.min(sweepInterval.toMillis(), longest));
    }
}
