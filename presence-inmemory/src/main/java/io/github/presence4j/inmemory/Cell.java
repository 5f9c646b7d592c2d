package io.github.presence4j.inmemory;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One topic. Who joins, leaves and times out is decided under a lock; a heartbeat of a live member, which is nearly every
 * call, is one compare-and-set beside it. The clock is read under the lock, so decisions come in the order of their times.
 */
final class Cell {
    private static final int SWEEP = 64;
    private static final int EVENTS = 1000;
    private static final long WATCHED_MILLIS = 90_000;
    private static final long TEND_MILLIS = 20_000;

    private final StoreClock clock;
    private final Capacity capacity;
    private final Runnable hint;
    private final ReentrantLock lock = new ReentrantLock();
    private final EventLog log = new EventLog();
    private final Departures departures = new Departures();
    private volatile Roster roster = new Roster();
    private volatile long ttl;
    private volatile long tendAt;
    private long watchedUntil;
    private boolean changed;
    private boolean retired;

    /** What a bulk touch did: whom it joined, and the touches that the bound refused. */
    record Touched(Set<String> joined, List<Touch> refused) {}

    Cell(StoreClock clock, long ttl, Capacity capacity, Runnable hint) {
        this.clock = clock;
        this.ttl = ttl;
        this.capacity = capacity;
        this.hint = hint;
    }

    long ttl() {
        return ttl;
    }

    /** Under the lock: how many are listed, live or lapsed. */
    int size() {
        return roster.size();
    }

    /** Without the lock: a bare heartbeat of a live plain member under the recorded TTL; the clock was read just now. */
    boolean renew(String member, long ttl, long now) {
        Entry entry = roster.find(member);
        return entry != null && entry.sessions == null && ttl == this.ttl && entry.renew(now, ttl);
    }

    /** Null if the cell is retired and another one has to be used. */
    @Nullable
    Touched touch(Collection<Touch> touches, long ttl) {
        return locked(() -> {
            if (retired) {
                return null;
            }
            long now = clock.millis();
            record(ttl, now);
            Set<String> joined = new HashSet<>();
            List<Touch> refused = new ArrayList<>();
            for (Touch touch : touches) {
                touch(touch, now, joined, refused);
            }
            timeOutDue(now, SWEEP);
            return new Touched(joined, refused);
        });
    }

    /** Those who lapsed under the TTL so far have lapsed, before another one is recorded (T5). */
    private void record(long newTtl, long now) {
        if (newTtl != ttl) {
            timeOutDue(now, Integer.MAX_VALUE);
            ttl = newTtl;
            tendAt = now;
            changed = true;
            capacity.lapseFrom(now);
        }
    }

    private void touch(Touch touch, long now, Set<String> joined, List<Touch> refused) {
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
            renew(entry, touch, now);
        } else if (capacity.admit()) {
            join(touch, now);
            joined.add(touch.member());
        } else {
            refused.add(touch);
        }
    }

    private void renew(Entry entry, Touch touch, long now) {
        if (entry.sessions == null && isBare(touch)) {
            entry.see(now);
            return;
        }
        Entry rich = entry.sessions == null ? enrich(entry) : entry;
        Sessions sessions = sessionsOf(rich);
        sessions.dropBefore(now - ttl);
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
        capacity.lapseFrom(now + ttl + 1);
        append(position -> new PresenceEvent.Joined(touch.member(), touch.session(), touch.data(), position, false));
    }

    private static boolean isBare(Touch touch) {
        return touch.session() == null && touch.data() == null;
    }

    private static Sessions sessionsOf(Entry rich) {
        return Objects.requireNonNull(rich.sessions);
    }

    /** Null if the cell is retired. */
    @Nullable
    Set<String> leave(Collection<Leave> leaves) {
        return locked(() -> {
            if (retired) {
                return null;
            }
            long now = clock.millis();
            Set<String> left = new HashSet<>();
            for (Leave leave : leaves) {
                if (leave(leave, now)) {
                    left.add(leave.member());
                }
            }
            return left;
        });
    }

    private boolean leave(Leave leave, long now) {
        long cutoff = now - ttl;
        Entry entry = roster.find(leave.member());
        if (leave.session() != null) {
            departures.add(leave.member(), leave.session(), now, cutoff);
        } else if (entry != null && entry.sessions != null) {
            entry.sessions.dropBefore(cutoff);
            entry.sessions.names().stream()
                    .filter(session -> !session.isEmpty())
                    .forEach(session -> departures.add(leave.member(), session, now, cutoff));
        }
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

    void reset() {
        locked(() -> {
            capacity.release(roster.size());
            roster = new Roster();
            departures.clear();
            log.beginEpoch();
            append(PresenceEvent.Reset::new);
            return null;
        });
    }

    /** Null if the cell is retired. */
    @Nullable
    Changes changesSince(@Nullable String cursor) {
        return locked(() -> {
            if (retired) {
                return null;
            }
            long now = clock.millis();
            watchedUntil = now + WATCHED_MILLIS;
            boolean moreDue = timeOutDue(now, EVENTS);
            long unseen = cursor == null ? -1 : log.unseen(cursor);
            List<PresenceEvent> events = unseen <= 0 ? List.of() : log.last(unseen, EVENTS);
            long stillUnseen = Math.max(0, unseen) - events.size();
            Duration untilNext = moreDue || stillUnseen > 0 ? Duration.ZERO : untilNext(now);
            return new Changes(log.cursor(stillUnseen), log.positionOf(events), events, unseen < 0, untilNext);
        });
    }

    private Duration untilNext(long now) {
        Entry oldest = roster.oldest();
        return oldest == null ? Changes.NEVER : Duration.ofMillis(Math.max(1, oldest.indexed + ttl + 1 - now));
    }

    /** Now and then, by the traffic: reclaims a bounded number of lapsed members (G2). True if the keeper should hear of it. */
    boolean tend(long now) {
        if (now < tendAt || !lock.tryLock()) {
            return false;
        }
        try {
            boolean more = timeOutDue(now, SWEEP);
            Entry oldest = roster.oldest();
            long due = more || oldest == null ? now : oldest.indexed + ttl + 1;
            tendAt = Math.max(now + 1, Math.min(due, now + Math.min(TEND_MILLIS, ttl)));
            return true;
        } finally {
            unlock();
        }
    }

    /** Makes room where a bound is set; true if it made any. */
    boolean reclaim() {
        return locked(() -> {
            int before = roster.size();
            timeOutDue(clock.millis(), Integer.MAX_VALUE);
            Entry oldest = roster.oldest();
            if (oldest != null) {
                capacity.lapseFrom(oldest.indexed + ttl + 1);
            }
            return roster.size() < before;
        });
    }

    /** Nobody has touched the topic for so long that everybody lapsed. */
    void retire() {
        lock.lock();
        try {
            retired = true;
            capacity.release(roster.size());
            roster = new Roster();
        } finally {
            lock.unlock();
        }
    }

    /** Records the timeouts that are due, oldest first; true if the limit ended it. */
    private boolean timeOutDue(long now, int limit) {
        long cutoff = now - ttl;
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

    private void timeOut(Entry entry) {
        end(entry, position -> new PresenceEvent.TimedOut(entry.member, position));
    }

    private void end(Entry entry, Function<Position, PresenceEvent> event) {
        roster.remove(entry);
        capacity.release(1);
        append(event);
    }

    private void append(Function<Position, PresenceEvent> event) {
        log.append(clock.millis() < watchedUntil, event);
        changed = true;
    }

    /** Reads take part in the judgement of who lapsed; see {@link Entry}. */
    <T> T look(Function<Look, T> question, @Nullable Duration window) {
        return locked(() -> question.apply(Look.at(roster, clock.millis(), ttl, window)));
    }

    /** What needs no judgement of a lapse is read beside the lock. The clock is read before the entry, never after. */
    Look glance(@Nullable Duration window) {
        return Look.at(roster, clock.millis(), ttl, window);
    }

    <T extends @Nullable Object> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            unlock();
        }
    }

    /** Hints are given after the lock is free, since whoever hears one may come here at once. */
    private void unlock() {
        boolean tell = changed;
        changed = false;
        lock.unlock();
        if (tell) {
            hint.run();
        }
    }
}
