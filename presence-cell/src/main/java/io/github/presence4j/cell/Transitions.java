package io.github.presence4j.cell;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.TouchOutcome;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies touches, leaves and timeouts to the members of a cell. The caller gives the time and the TTL. {@code cutoff} is
 * the oldest time that is live (T1).
 */
final class Transitions {
    private final Capacity capacity;
    private final EventLog log;
    private final SessionTombstones departures;
    /** Also read without the lock. A reset replaces it whole, so that a reader sees all of the reset or nothing (G3). */
    private volatile MemberIndex roster;

    private boolean changed;

    Transitions(Capacity capacity, long mark) {
        this(capacity, new EventLog(mark), new SessionTombstones(capacity), new MemberIndex());
    }

    Transitions(Capacity capacity, EventLog log, SessionTombstones departures, MemberIndex roster) {
        this.capacity = capacity;
        this.log = log;
        this.departures = departures;
        this.roster = roster;
        capacity.take(roster.size());
    }

    /** Merges two cells. Members that had expired in their own cell, by its floor, stay expired. */
    static Transitions merged(
            Capacity capacity,
            Transitions one,
            SessionLifetime lifetime,
            Transitions other,
            SessionLifetime otherLifetime,
            long mark) {
        long ttl = Math.max(lifetime.ttl(), otherLifetime.ttl());
        SessionTombstones departures = SessionTombstones.merged(capacity, one.departures, other.departures, ttl);
        MemberIndex roster = new MemberIndex();
        one.roster.all().forEach(entry -> merge(roster, entry, departures, lifetime.floor()));
        other.roster.all().forEach(entry -> merge(roster, entry, departures, otherLifetime.floor()));
        Transitions both = new Transitions(capacity, EventLog.merged(mark, one.log, other.log), departures, roster);
        both.signal();
        return both;
    }

    private static void merge(MemberIndex roster, MemberEntry entry, SessionTombstones departures, long floor) {
        Sessions sessions = entry.allSessions().without(entry.member, departures, floor);
        MemberEntry there = roster.find(entry.member);
        if (there != null) {
            sessions = there.allSessions().and(sessions);
            roster.remove(there);
        }
        if (!sessions.isEmpty()) {
            roster.add(entry.member, sessions.newest(), sessions.isBare() ? null : sessions);
        }
    }

    void write(DataOutput out) throws IOException {
        log.write(out);
        departures.write(out);
        roster.write(out);
    }

    MemberIndex roster() {
        return roster;
    }

    EventLog log() {
        return log;
    }

    void signal() {
        changed = true;
    }

    /** Returns whether anything that watchers should see has changed since the previous call. */
    boolean takeChanged() {
        boolean taken = changed;
        changed = false;
        return taken;
    }

    void touch(Touch touch, long now, SessionLifetime lifetime, TouchOutcome outcome) {
        long cutoff = lifetime.cutoff(now);
        MemberEntry entry = roster.find(touch.member());
        if (entry != null && entry.seal(cutoff)) {
            timeOut(entry, now);
            entry = null;
        }
        if (touch.session() != null && departures.contains(touch.member(), touch.session(), cutoff)) {
            outcome.ignored().add(touch);
            return;
        }
        if (entry != null) {
            if (!renew(entry, touch, now, lifetime)) {
                outcome.refused().put(touch, TouchOutcome.TOO_MANY_SESSIONS);
            }
        } else if (capacity.admit()) {
            join(touch, now);
            outcome.joined().add(touch.member());
        } else {
            outcome.refused().put(touch, capacity.refusal());
        }
    }

    /** Renews or begins a session; returns false if the member has too many (B1). */
    private boolean renew(MemberEntry entry, Touch touch, long now, SessionLifetime lifetime) {
        if (entry.sessions == null && isBare(touch)) {
            roster.see(entry, now);
            refresh(entry, now, lifetime);
            return true;
        }
        MemberEntry rich = entry.sessions == null ? enrich(entry) : entry;
        Sessions sessions = Objects.requireNonNull(rich.sessions);
        sessions.dropBefore(lifetime.cutoff(now));
        if (!sessions.admits(Sessions.key(touch.session()))) {
            return false;
        }
        String data = touch.data();
        if (sessions.touch(Sessions.key(touch.session()), now, data) && data != null) {
            append(
                    touch.member(),
                    now,
                    position -> new PresenceEvent.Updated(touch.member(), touch.session(), data, position, false));
        }
        roster.setSeen(rich, sessions.newest());
        refresh(rich, now, lifetime);
        return true;
    }

    /** Updates the index twice per TTL, so that a sweep or a count does not find many entries at once that are still live. */
    private void refresh(MemberEntry entry, long now, SessionLifetime lifetime) {
        if (entry.indexed < now - lifetime.ttl() / 2) {
            roster.reindex(entry);
        }
    }

    /** Seals the entry first, so that no renewal without the lock is lost with the plain entry. */
    private MemberEntry enrich(MemberEntry plain) {
        plain.seal(Long.MAX_VALUE);
        return roster.enrich(plain, plain.allSessions());
    }

    private void join(Touch touch, long now) {
        Sessions sessions = null;
        if (!isBare(touch)) {
            sessions = new Sessions();
            sessions.touch(Sessions.key(touch.session()), now, touch.data());
        }
        roster.add(touch.member(), now, sessions);
        append(
                touch.member(),
                now,
                position -> new PresenceEvent.Joined(touch.member(), touch.session(), touch.data(), position, false));
    }

    private static boolean isBare(Touch touch) {
        return touch.session() == null && touch.data() == null;
    }

    /** Whether a live member left with it. */
    boolean leave(Leave leave, long now, SessionLifetime lifetime) {
        long cutoff = lifetime.cutoff(now);
        MemberEntry entry = roster.find(leave.member());
        remember(leave, entry, now, lifetime);
        if (entry == null) {
            return false;
        }
        if (entry.seal(cutoff)) {
            timeOut(entry, now);
            return false;
        }
        if (leave.session() != null && staysAfter(entry, leave.session(), cutoff)) {
            return false;
        }
        end(entry, now, position -> new PresenceEvent.Left(entry.member, position, false));
        return true;
    }

    /** The named session, or all named ones that are live. */
    private void remember(Leave leave, @Nullable MemberEntry entry, long now, SessionLifetime lifetime) {
        if (leave.session() != null) {
            departures.add(leave.member(), leave.session(), now, lifetime);
        } else if (entry != null && entry.sessions != null) {
            entry.sessions.dropBefore(lifetime.cutoff(now));
            entry.sessions.named().forEach(session -> departures.add(leave.member(), session, now, lifetime));
        }
    }

    /** Ends the session; the member stays while another one is live, seen when that one was (S2, S3). */
    private boolean staysAfter(MemberEntry entry, String session, long cutoff) {
        if (entry.sessions == null) {
            return true;
        }
        entry.sessions.end(session);
        entry.sessions.dropBefore(cutoff);
        if (entry.sessions.isEmpty()) {
            return false;
        }
        roster.setSeen(entry, entry.sessions.newest());
        if (entry.lastSeen() < entry.indexed) {
            roster.reindex(entry);
        }
        return true;
    }

    /** Drops sessions that left more than a TTL ago, and the log if the topic has not been watched for long. */
    void forget(long cutoff, long now) {
        departures.forget(cutoff);
        log.dropIfUnwatched(now);
    }

    /** Returns the number of departed sessions that are remembered. */
    int departures() {
        return departures.size();
    }

    /** Records the timeouts that are due, oldest first; true if the limit ended it. */
    boolean timeOutBefore(long cutoff, int limit, long now) {
        for (int i = 0; i < limit; i++) {
            MemberEntry oldest = roster.oldest();
            if (oldest == null || oldest.indexed >= cutoff) {
                return false;
            }
            if (oldest.seal(cutoff)) {
                timeOut(oldest, now);
            } else {
                roster.reindex(oldest);
            }
        }
        return true;
    }

    /** The oldest time that a member may have been seen last, never later than it was; {@code none} without members. */
    long oldest(long none) {
        MemberEntry oldest = roster.oldest();
        return oldest == null ? none : oldest.indexed;
    }

    void reset(long epoch, long now) {
        clear();
        log.beginEpoch(epoch);
        append("", now, PresenceEvent.Reset::new);
    }

    void clear() {
        departures.clear();
        capacity.release(roster.size());
        roster = new MemberIndex();
    }

    private void timeOut(MemberEntry entry, long now) {
        end(entry, now, position -> new PresenceEvent.TimedOut(entry.member, position));
    }

    private void end(MemberEntry entry, long now, Function<Position, PresenceEvent> event) {
        roster.remove(entry);
        capacity.release(1);
        append(entry.member, now, event);
    }

    private void append(String member, long now, Function<Position, PresenceEvent> event) {
        log.append(member, now, event);
        changed = true;
    }
}
