package io.github.presence4j.inmemory;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Leave;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What touches, leaves and time do to the members of a cell, one after another: guarded by the cell's lock, and told what
 * time it is and what TTL holds. {@code cutoff} is the oldest time that is live (T1).
 */
final class Transitions {
    private final Capacity capacity;
    private final EventLog log = new EventLog();
    private final Departures departures = new Departures();
    /** Read beside the lock too; replaced whole, so that a reset is seen at once or not at all (G3). */
    private volatile Roster roster = new Roster();

    private boolean changed;

    /** What a bulk touch did: whom it joined, and the touches that the bound refused. */
    record Touched(Set<String> joined, List<Touch> refused) {
        Touched() {
            this(new HashSet<>(), new ArrayList<>());
        }
    }

    Transitions(Capacity capacity) {
        this.capacity = capacity;
    }

    Roster roster() {
        return roster;
    }

    EventLog log() {
        return log;
    }

    void hint() {
        changed = true;
    }

    /** Whether anything happened that watchers should hear of, since the last time this was asked. */
    boolean takeChanged() {
        boolean taken = changed;
        changed = false;
        return taken;
    }

    void touch(Touch touch, long now, long ttl, Touched outcome) {
        long cutoff = now - ttl;
        Entry entry = roster.find(touch.member());
        if (entry != null && entry.seal(cutoff)) {
            timeOut(entry);
            entry = null;
        }
        if (touch.session() != null && departures.contains(touch.member(), touch.session(), cutoff)) {
            return;
        }
        if (entry != null) {
            renew(entry, touch, now, cutoff);
        } else if (capacity.admit(now + ttl + 1)) {
            join(touch, now);
            outcome.joined().add(touch.member());
        } else {
            outcome.refused().add(touch);
        }
    }

    private void renew(Entry entry, Touch touch, long now, long cutoff) {
        if (entry.sessions == null && isBare(touch)) {
            entry.see(now);
            return;
        }
        Entry rich = entry.sessions == null ? enrich(entry) : entry;
        Sessions sessions = Objects.requireNonNull(rich.sessions);
        sessions.dropBefore(cutoff);
        String data = touch.data();
        if (sessions.touch(Sessions.key(touch.session()), now, data) && data != null) {
            append(position -> new PresenceEvent.Updated(touch.member(), touch.session(), data, position, false));
        }
        rich.setSeen(sessions.newest());
    }

    /** Sealed first, so that no renewal beside the lock is lost with the plain entry. */
    private Entry enrich(Entry plain) {
        plain.seal(Long.MAX_VALUE);
        Sessions sessions = new Sessions();
        sessions.touch(Sessions.DEFAULT, plain.lastSeen(), null);
        return roster.enrich(plain, sessions);
    }

    private void join(Touch touch, long now) {
        Sessions sessions = null;
        if (!isBare(touch)) {
            sessions = new Sessions();
            sessions.touch(Sessions.key(touch.session()), now, touch.data());
        }
        roster.add(touch.member(), now, sessions);
        append(position -> new PresenceEvent.Joined(touch.member(), touch.session(), touch.data(), position, false));
    }

    private static boolean isBare(Touch touch) {
        return touch.session() == null && touch.data() == null;
    }

    /** Whether a live member left with it. */
    boolean leave(Leave leave, long now, long ttl) {
        long cutoff = now - ttl;
        Entry entry = roster.find(leave.member());
        remember(leave, entry, now, cutoff);
        if (entry == null) {
            return false;
        }
        if (entry.seal(cutoff)) {
            timeOut(entry);
            return false;
        }
        if (leave.session() != null && staysAfter(entry, leave.session(), cutoff)) {
            return false;
        }
        end(entry, position -> new PresenceEvent.Left(entry.member, position, false));
        return true;
    }

    /** The named session, or all named ones that are live. */
    private void remember(Leave leave, @Nullable Entry entry, long now, long cutoff) {
        if (leave.session() != null) {
            departures.add(leave.member(), leave.session(), now, cutoff);
        } else if (entry != null && entry.sessions != null) {
            entry.sessions.dropBefore(cutoff);
            entry.sessions.named().forEach(session -> departures.add(leave.member(), session, now, cutoff));
        }
    }

    /** Ends the session; the member stays while another one is live, seen when that one was (S2, S3). */
    private boolean staysAfter(Entry entry, String session, long cutoff) {
        if (entry.sessions == null) {
            return true;
        }
        entry.sessions.end(session);
        entry.sessions.dropBefore(cutoff);
        if (entry.sessions.isEmpty()) {
            return false;
        }
        entry.setSeen(entry.sessions.newest());
        if (entry.lastSeen() < entry.indexed) {
            roster.reindex(entry);
        }
        return true;
    }

    /** Records the timeouts that are due, oldest first; true if the limit ended it. */
    boolean timeOutBefore(long cutoff, int limit) {
        for (int i = 0; i < limit; i++) {
            Entry oldest = roster.oldest();
            if (oldest == null || oldest.indexed >= cutoff) {
                return false;
            }
            if (oldest.seal(cutoff)) {
                timeOut(oldest);
            } else {
                roster.reindex(oldest);
            }
        }
        return true;
    }

    /** The oldest time that a member may have been seen last, never later than it was; {@code none} if nobody is there. */
    long oldest(long none) {
        Entry oldest = roster.oldest();
        return oldest == null ? none : oldest.indexed;
    }

    void reset() {
        clear();
        departures.clear();
        log.beginEpoch();
        append(PresenceEvent.Reset::new);
    }

    void clear() {
        capacity.release(roster.size());
        roster = new Roster();
    }

    private void timeOut(Entry entry) {
        end(entry, position -> new PresenceEvent.TimedOut(entry.member, position));
    }

    private void end(Entry entry, Function<Position, PresenceEvent> event) {
        roster.remove(entry);
        capacity.release(1);
        append(event);
    }

    private void append(Function<Position, PresenceEvent> event) {
        log.append(event);
        changed = true;
    }
}
