package io.github.presence4j;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The settings and resources that the watches of one {@link Presence} share.
 *
 * @param sweepInterval how late a timeout may be reported
 * @param timeoutMillis the timeout of a call
 * @param timer runs the steps of all watches, at once or delayed
 * @param slots the limit of polls under way
 * @param outages the log of failing polls
 */
record WatchSettings(
        Duration sweepInterval,
        long timeoutMillis,
        ScheduledExecutorService timer,
        PollSlots slots,
        OutageLog outages) {

    /**
     * Returns the pauses for a topic. A topic with a short TTL is swept sooner: a watcher that polls less often than sessions
     * last would miss them.
     */
    PollPauses pauses(Duration ttl) {
        long longest = Math.max(ttl.toMillis(), PresenceConfig.SHORT_SWEEP.toMillis());
        return new PollPauses(ttl.toMillis(), Math.min(sweepInterval.toMillis(), longest));
    }
}
