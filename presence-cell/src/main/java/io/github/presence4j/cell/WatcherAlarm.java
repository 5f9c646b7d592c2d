package io.github.presence4j.cell;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The time at which the watchers of a cell poll for the next timeout. They are signalled only if a timeout is due earlier.
 *
 * <p>While two TTLs are recorded in turn, as in a rolling deployment, watchers get the time by the shorter one. Then the change
 * back to it makes no timeout earlier than they expect, and needs no signal.
 */
final class WatcherAlarm {
    /** The latest time at which a watcher polls without a signal. */
    private long latestPoll;

    private long shortTtl;
    /** When the shorter TTL was last recorded. It counts for as long as that TTL. */
    private long shortRecorded;

    /** Notes that a TTL was recorded that differs from the one before. */
    void record(long ttl, long replaced, long now) {
        long shorter = shortest(replaced, now);
        if (ttl <= shorter || replaced <= shorter) {
            shortTtl = Math.min(ttl, replaced);
            shortRecorded = now;
        }
    }

    private long shortest(long ttl, long now) {
        return now - shortRecorded <= shortTtl ? Math.min(ttl, shortTtl) : ttl;
    }

    /** Returns when a watcher must poll, given the {@code lastSeen} of the oldest member and its expiry. */
    long poll(long oldest, SessionLifetime lifetime, long now) {
        long early = lifetime.expiry(oldest) - lifetime.ttl() + shortest(lifetime.ttl(), now);
        long poll = early > now ? early : lifetime.expiry(oldest);
        latestPoll = Math.max(latestPoll, poll);
        return poll;
    }

    /**
     * Returns whether the watchers must be signalled because a timeout is due before they poll. Assumes that the caller signals
     * them.
     */
    boolean isEarlier(long nextExpiry) {
        if (nextExpiry >= latestPoll) {
            return false;
        }
        latestPoll = nextExpiry;
        return true;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(latestPoll);
        out.writeLong(shortTtl);
        out.writeLong(shortRecorded);
    }

    static WatcherAlarm read(DataInput in) throws IOException {
        WatcherAlarm alarm = new WatcherAlarm();
        alarm.latestPoll = in.readLong();
        alarm.shortTtl = in.readLong();
        alarm.shortRecorded = in.readLong();
        return alarm;
    }
}
