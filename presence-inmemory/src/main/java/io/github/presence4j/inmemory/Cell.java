package io.github.presence4j.inmemory;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
    private final Transitions members;
    private volatile long ttl;
    private volatile long tendAt;
    private boolean retired;

    Cell(StoreClock clock, long ttl, Capacity capacity, Runnable hint) {
        this.clock = clock;
        this.ttl = ttl;
        this.capacity = capacity;
        this.hint = hint;
        this.members = new Transitions(capacity);
    }

    long ttl() {
        return ttl;
    }

    /** How many are kept, live or lapsed. */
    int size() {
        return locked(() -> members.roster().size());
    }

    /** Beside the lock: a bare heartbeat of a live plain member under the recorded TTL; the clock was read just now. */
    boolean renew(String member, long ttl, long now) {
        Entry entry = members.roster().find(member);
        return entry != null && entry.sessions == null && ttl == this.ttl && entry.renew(now, ttl);
    }

    /** Null if the cell is retired and another one has to be used. */
    Transitions.@Nullable Touched touch(Collection<Touch> touches, long ttl) {
        return locked(() -> {
            if (retired) {
                return null;
            }
            long now = clock.millis();
            record(ttl, now);
            Transitions.Touched outcome = new Transitions.Touched();
            touches.forEach(touch -> members.touch(touch, now, ttl, outcome));
            members.timeOutBefore(now - ttl, SWEEP);
            return outcome;
        });
    }

    /** Those who lapsed under the TTL so far have lapsed, before another one is recorded (T5). */
    private void record(long newTtl, long now) {
        if (newTtl != ttl) {
            members.timeOutBefore(now - ttl, Integer.MAX_VALUE);
            ttl = newTtl;
            tendAt = now;
            members.hint();
            capacity.lapseFrom(now);
        }
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
                if (members.leave(leave, now, ttl)) {
                    left.add(leave.member());
                }
            }
            return left;
        });
    }

    void reset() {
        locked(() -> {
            members.reset();
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
            EventLog log = members.log();
            log.keepUntil(now + WATCHED_MILLIS);
            boolean moreDue = members.timeOutBefore(now - ttl, EVENTS);
            long unseen = cursor == null ? EventLog.UNKNOWN : log.unseen(cursor);
            List<PresenceEvent> events = log.oldestOfLast(unseen, EVENTS);
            long stillUnseen = Math.max(0, unseen) - events.size();
            Duration untilNext = moreDue || stillUnseen > 0 ? Duration.ZERO : untilNext(now);
            return new Changes(
                    log.cursor(stillUnseen), log.positionAfter(events), events, unseen == EventLog.UNKNOWN, untilNext);
        });
    }

    private Duration untilNext(long now) {
        long oldest = members.oldest(Long.MAX_VALUE);
        return oldest == Long.MAX_VALUE ? Changes.NEVER : Duration.ofMillis(Math.max(1, oldest + ttl + 1 - now));
    }

    /** Now and then, by the traffic: reclaims a bounded number of lapsed members (G2). True if the keeper should hear of it. */
    boolean tend(long now) {
        if (now < tendAt || !lock.tryLock()) {
            return false;
        }
        try {
            boolean more = members.timeOutBefore(now - ttl, SWEEP);
            long due = more ? now : members.oldest(now) + ttl + 1;
            members.log().dropIfUnwatched(now);
            tendAt = Math.max(now + 1, Math.min(due, now + Math.min(TEND_MILLIS, ttl)));
            return true;
        } finally {
            unlock();
        }
    }

    /** Makes room where a bound is set; true if it made any. */
    boolean reclaim() {
        return locked(() -> {
            int before = members.roster().size();
            members.timeOutBefore(clock.millis() - ttl, Integer.MAX_VALUE);
            long oldest = members.oldest(Long.MAX_VALUE);
            if (oldest != Long.MAX_VALUE) {
                capacity.lapseFrom(oldest + ttl + 1);
            }
            return members.roster().size() < before;
        });
    }

    /** Nobody has touched the topic for so long that everybody lapsed. */
    void retire() {
        locked(() -> {
            retired = true;
            members.clear();
            return null;
        });
    }

    /** Beside the lock where that is certain, which is nearly always. */
    boolean isLive(String member, @Nullable Duration window) {
        Look glance = glance(window);
        return glance.seesLive(member) || (glance.needsLock(member) && look(look -> look.isLive(member), window));
    }

    /** Reads take part in the judgement of who lapsed; see {@link Entry}. */
    <T> T look(Function<Look, T> question, @Nullable Duration window) {
        return locked(() -> question.apply(glance(window)));
    }

    /** What needs no judgement of a lapse is read beside the lock. The clock is read before the entry, never after. */
    Look glance(@Nullable Duration window) {
        return Look.at(members.roster(), clock.millis(), ttl, window);
    }

    private <T extends @Nullable Object> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            unlock();
        }
    }

    /** Hints are given after the lock is free, since whoever hears one may come here at once. */
    private void unlock() {
        boolean tell = members.takeChanged();
        lock.unlock();
        if (tell) {
            hint.run();
        }
    }
}
