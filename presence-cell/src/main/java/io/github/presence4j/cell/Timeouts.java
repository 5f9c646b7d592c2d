package io.github.presence4j.cell;

import io.github.presence4j.spi.Changes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When the members of a cell time out, and when its watchers have to know. */
final class Timeouts {
    private final Transitions members;
    private final WatcherAlarm alarm;
    /** Read beside the lock too; replaced whole, so that a renewal sees a TTL only with its floor. */
    private volatile Lifetime lifetime;

    Timeouts(Transitions members, Lifetime lifetime) {
        this(members, lifetime, new WatcherAlarm());
    }

    private Timeouts(Transitions members, Lifetime lifetime, WatcherAlarm alarm) {
        this.members = members;
        this.lifetime = lifetime;
        this.alarm = alarm;
    }

    /** One that had expired on its own side stays so; the one that holds more members decides the TTL. */
    static Timeouts merged(Capacity capacity, Timeouts one, Timeouts other, long mark) {
        Timeouts larger = one.members.roster().size() >= other.members.roster().size() ? one : other;
        return new Timeouts(
                Transitions.merged(capacity, one.members, one.lifetime, other.members, other.lifetime, mark),
                one.lifetime.mergedWith(other.lifetime, larger.lifetime.ttl()));
    }

    Transitions members() {
        return members;
    }

    Lifetime lifetime() {
        return lifetime;
    }

    /** Beside the lock: renews a plain entry, if the caller's TTL is the recorded one. */
    boolean renew(Entry plain, long callersTtl, long now) {
        Lifetime current = lifetime;
        return callersTtl == current.ttl() && plain.renew(now, current.cutoff(now));
    }

    /** Records a TTL; what has expired by now stays expired (T5). */
    void record(long ttl, long now) {
        Lifetime replaced = lifetime;
        if (ttl != replaced.ttl()) {
            lifetime = replaced.withTtl(ttl, now);
            alarm.record(ttl, replaced.ttl(), now);
        }
    }

    /** Forgets what no one asks for any more. */
    void forget(long now) {
        members.forget(lifetime.cutoff(now), now);
    }

    /** Records timeouts that are due; true if the limit ended it. */
    boolean sweep(long now, int limit) {
        return members.timeOutBefore(lifetime.cutoff(now), limit, now);
    }

    /** What a watcher at a cursor is to hear. Keeps the log for a while, and records timeouts that are due. */
    Telling tell(@Nullable String cursor, long epoch, long now) {
        EventLog log = members.log();
        log.keepUntil(now + CellState.WATCHED_MILLIS);
        if (cursor != null && log.hasForgotten(cursor)) {
            log.beginEpoch(epoch);
        }
        boolean moreDue = sweep(now, CellState.EVENTS);
        return new Telling(log, cursor, moreDue ? Duration.ZERO : untilPoll(now));
    }

    /** When the next timeout may be due, never later than it is. */
    long next() {
        long oldest = members.oldest(Long.MAX_VALUE);
        return oldest == Long.MAX_VALUE ? Long.MAX_VALUE : lifetime.expiry(oldest);
    }

    /** How long a watcher may wait before it polls. */
    private Duration untilPoll(long now) {
        long oldest = members.oldest(Long.MAX_VALUE);
        return oldest == Long.MAX_VALUE
                ? Changes.NEVER
                : Duration.ofMillis(Math.max(1, alarm.poll(oldest, lifetime, now) - now));
    }

    /** Signals the watchers if a timeout is due before they poll. */
    void signalIfEarlier() {
        if (alarm.isEarlier(next())) {
            members.hint();
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(lifetime.floor());
        alarm.write(out);
    }

    static Timeouts read(Transitions members, long ttl, DataInput in) throws IOException {
        return new Timeouts(members, new Lifetime(ttl, in.readLong()), WatcherAlarm.read(in));
    }
}
