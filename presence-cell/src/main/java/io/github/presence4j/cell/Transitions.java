package io.github.presence4j.cell;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.TouchOutcome;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
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
        List<SessionState> sessions = entry.sessions().stream()
                .filter(session ->
                        session.time() >= floor && departures.timeOf(entry.member, session.name) < session.time())
                .toList();
        MemberEntry there = roster.find(entry.member);
        if (there != null) {
            sessions = SessionState.union(there.sessions(), sessions);
            roster.remove(there);
        }
        if (!sessions.isEmpty()) {
            roster.add(entry.member, sessions);
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
        String session = SessionState.key(touch.session());
        String data = touch.data();
        MemberEntry kept = roster.change(entry, old -> old.withoutExpired(lifetime.cutoff(now)));
        boolean known = kept.has(session);
        if (!known && kept.size() >= Limits.SESSIONS_PER_MEMBER) {
            return false;
        }
        if (!known || !kept.keeps(session, data)) {
            kept = roster.change(kept, old -> old.with(session, data, now));
            if (data != null) {
                append(
                        touch.member(),
                        now,
                        position -> new PresenceEvent.Updated(touch.member(), touch.session(), data, position, false));
            }
        }
        roster.see(kept, session, now);
        refresh(kept, now, lifetime);
        return true;
    }

    /** Updates the index twice per TTL, so that a sweep or a count does not find many entries at once that are still live. */
    private void refresh(MemberEntry entry, long now, SessionLifetime lifetime) {
        if (entry.indexed < now - lifetime.ttl() / 2) {
            roster.reindex(entry);
        }
    }

    private void join(Touch touch, long now) {
        roster.add(touch.member(), List.of(new SessionState(SessionState.key(touch.session()), now, touch.data())));
        append(
                touch.member(),
                now,
                position -> new PresenceEvent.Joined(touch.member(), touch.session(), touch.data(), position, false));
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
        MemberEntry kept = roster.change(entry, old -> old.withoutExpired(cutoff));
        if (leave.session() != null && staysAfter(kept, leave.session())) {
            return false;
        }
        end(kept, now, position -> new PresenceEvent.Left(entry.member, position, false));
        return true;
    }

    /** The named session, or all named ones that are live. */
    private void remember(Leave leave, @Nullable MemberEntry entry, long now, SessionLifetime lifetime) {
        if (leave.session() != null) {
            departures.add(leave.member(), leave.session(), now, lifetime);
        } else if (entry != null) {
            entry.liveSessions(lifetime.cutoff(now)).stream()
                    .filter(session -> !session.name.isEmpty())
                    .forEach(session -> departures.add(leave.member(), session.name, now, lifetime));
        }
    }

    /** Ends the session; the member stays while another one is live, seen when that one was (S2, S3). */
    private boolean staysAfter(MemberEntry entry, String session) {
        if (!entry.has(session)) {
            return true;
        }
        if (entry.size() == 1) {
            return false;
        }
        MemberEntry kept = roster.change(entry, old -> old.without(session));
        if (kept.lastSeen() < kept.indexed) {
            roster.reindex(kept);
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

    /** Records the timeouts that are due, oldest first; true if the limit of members and sessions ended it. */
    boolean timeOutBefore(long cutoff, int limit, long now) {
        for (int looks = 0; looks < limit; ) {
            MemberEntry oldest = roster.oldest();
            if (oldest == null || oldest.indexed >= cutoff) {
                return false;
            }
            looks += oldest.size();
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
