package io.github.presence4j.cell;

import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The timeouts of a cell: when its members expire, and when its watchers must poll. */
final class CellTimeouts {
    private final Transitions members;
    private final WatcherAlarm alarm;
    /** Also read without the lock. Replaced as a whole, so that a renewal sees a TTL only with its floor. */
    private volatile SessionLifetime lifetime;

    CellTimeouts(Transitions members, SessionLifetime lifetime) {
        this(members, lifetime, new WatcherAlarm());
    }

    private CellTimeouts(Transitions members, SessionLifetime lifetime, WatcherAlarm alarm) {
        this.members = members;
        this.lifetime = lifetime;
        this.alarm = alarm;
    }

    /** Merges two cells. A member that had expired in its own cell stays expired; the cell with more members decides the TTL. */
    static CellTimeouts merged(Capacity capacity, CellTimeouts one, CellTimeouts other, long mark) {
        CellTimeouts larger =
                one.members.roster().size() >= other.members.roster().size() ? one : other;
        return new CellTimeouts(
                Transitions.merged(capacity, one.members, one.lifetime, other.members, other.lifetime, mark),
                one.lifetime.mergedWith(other.lifetime, larger.lifetime.ttl()));
    }

    Transitions members() {
        return members;
    }

    SessionLifetime lifetime() {
        return lifetime;
    }

    /** Renews a session without the lock, if the caller's TTL is the recorded one. */
    boolean renew(MemberEntry entry, Touch touch, long callersTtl, long now) {
        SessionLifetime current = lifetime;
        return callersTtl == current.ttl()
                && entry.renew(SessionState.key(touch.session()), touch.data(), now, current.cutoff(now));
    }

    /** Records a TTL. Members that have expired by now stay expired (T5). */
    void record(long ttl, long now) {
        SessionLifetime replaced = lifetime;
        if (ttl != replaced.ttl()) {
            lifetime = replaced.withTtl(ttl, now);
            alarm.record(ttl, replaced.ttl(), now);
        }
    }

    /** Drops the departures and the log when no query needs them any more. */
    void forget(long now) {
        members.forget(lifetime.cutoff(now), now);
    }

    /** Records timeouts that are due. Returns whether the limit ended the sweep. */
    boolean sweep(long now, int limit) {
        return members.timeOutBefore(lifetime.cutoff(now), limit, now);
    }

    /** Returns the events for a watcher after a cursor. Keeps the log for a while, and records timeouts that are due. */
    ChangesReader tell(@Nullable String cursor, long epoch, long now) {
        EventLog log = members.log();
        log.keepUntil(now + Limits.WATCHED_MILLIS);
        if (cursor != null && log.hasForgotten(cursor)) {
            log.beginEpoch(epoch);
        }
        boolean moreDue = sweep(now, CellState.EVENTS);
        return new ChangesReader(log, cursor, moreDue ? Duration.ZERO : untilPoll(now));
    }

    /** Returns when the next timeout may be due; never later than it is. */
    long next() {
        long oldest = members.oldest(Long.MAX_VALUE);
        return oldest == Long.MAX_VALUE ? Long.MAX_VALUE : lifetime.expiry(oldest);
    }

    /** Returns how long a watcher may wait before it polls. */
    private Duration untilPoll(long now) {
        long oldest = members.oldest(Long.MAX_VALUE);
        return oldest == Long.MAX_VALUE
                ? Changes.NEVER
                : Duration.ofMillis(Math.max(1, alarm.poll(oldest, lifetime, now) - now));
    }

    /** Signals the watchers if a timeout is due before they poll. */
    void signalIfEarlier() {
        if (alarm.isEarlier(next())) {
            members.signal();
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(lifetime.floor());
        alarm.write(out);
    }

    static CellTimeouts read(Transitions members, long ttl, DataInput in) throws IOException {
        return new CellTimeouts(members, new SessionLifetime(ttl, in.readLong()), WatcherAlarm.read(in));
    }
}
