package io.github.presence4j.inmemory;

import io.github.presence4j.Touch;
import io.github.presence4j.cell.CellReader;
import io.github.presence4j.cell.CellState;
import io.github.presence4j.cell.Limits;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One topic. Joins, leaves and timeouts are decided under a lock. A heartbeat of a live session with the same data, which
 * is nearly every call, is one compare-and-set without the lock. The clock is read under the lock, so decisions come in the order of their times.
 */
final class LockedCell {
    private final StoreClock clock;
    private final MemberLimit room;
    private final Runnable signal;
    private final ReentrantLock lock = new ReentrantLock();
    private final CellState state;
    private volatile long tendAt;
    private boolean retired;
    private MemberLimit.@Nullable Due due;

    LockedCell(StoreClock clock, long ttl, MemberLimit room, Runnable signal) {
        this.clock = clock;
        this.room = room;
        this.signal = signal;
        this.state = new CellState(room.capacity(), ttl, randomId());
    }

    private static long randomId() {
        return ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    }

    long ttl() {
        return state.ttl();
    }

    /** Returns the number of stored members, departed sessions and events. */
    int stored() {
        return locked(state::stored);
    }

    /** Renews a live session with equal data under the recorded TTL, without the lock. The caller has just read the clock. */
    boolean renew(Touch touch, long ttl, long now) {
        return state.renew(touch, ttl, now);
    }

    /** Null if the cell is retired and another one has to be used. */
    @Nullable
    TouchOutcome touch(Collection<Touch> touches, long ttl) {
        return changing(() -> {
            if (retired) {
                return null;
            }
            long now = clock.millis();
            if (ttl != state.ttl()) {
                tendAt = now;
            }
            return state.touch(touches, ttl, now);
        });
    }

    /** Null if the cell is retired. */
    @Nullable
    Set<String> leave(Collection<Leave> leaves) {
        return changing(() -> retired ? null : state.leave(leaves, clock.millis()));
    }

    void reset() {
        changing(() -> {
            state.reset(randomId(), clock.millis());
            return null;
        });
    }

    /** Null if the cell is retired. */
    @Nullable
    Changes changesSince(@Nullable String cursor) {
        return changing(() -> retired ? null : state.changesSince(cursor, randomId(), clock.millis()));
    }

    /** Whether the traffic should {@link #tend} the cell now. */
    boolean isTendingDue(long now) {
        return now >= tendAt;
    }

    /**
     * Reclaims a bounded number of expired members (G2); callers run it now and then. If the lock is taken, a later call
     * does it.
     */
    void tend(long now) {
        if (!lock.tryLock()) {
            return;
        }
        try {
            long tending = state.tend(now) ? now : state.nextExpiry();
            tendAt = Math.max(now + 1, Math.min(tending, now + Math.min(Limits.KEEP_INTERVAL_MILLIS, state.ttl())));
            due = room.place(this, due, state.nextExpiry());
        } finally {
            unlock();
        }
    }

    /** Removes expired members, examining a bounded number of members. Returns how many were removed. */
    int reclaim(int looks) {
        return changing(() -> {
            int before = state.size();
            state.reclaim(clock.millis(), looks);
            due = room.place(this, due, state.nextExpiry());
            return before - state.size();
        });
    }

    /** Retires the topic, which has had no touch for so long that all its members have expired. */
    void retire() {
        changing(() -> {
            retired = true;
            state.clear();
            return null;
        });
    }

    /** Answers without the lock where that is certain, which is nearly always. */
    boolean isLive(String member, @Nullable Duration window) {
        CellReader glance = glance(window);
        return glance.seesLive(member) || (glance.needsTurn(member) && look(look -> look.isLive(member), window));
    }

    /**
     * Counts the live members. By a shorter window, counts without the lock. Otherwise prepares the count in steps under the
     * lock: live members renewed without the lock are noted first.
     */
    long count(@Nullable Duration window) {
        CellReader glance = glance(window);
        if (glance.isWindowed()) {
            return glance.countAll();
        }
        while (true) {
            Long count = locked(this::countOrPrepare);
            if (count != null) {
                return count;
            }
        }
    }

    private @Nullable Long countOrPrepare() {
        long now = clock.millis();
        return state.prepareCount(now, BulkSteps.SIZE)
                ? null
                : state.look(now, null).count();
    }

    /** Reads under the lock, since a read may seal expired members; see the class {@code LastSeen} of the cell. */
    <T> T look(Function<CellReader, T> question, @Nullable Duration window) {
        return locked(() -> question.apply(glance(window)));
    }

    /** A read that need not seal expired members takes no lock. The clock is read before the entry, never after. */
    CellReader glance(@Nullable Duration window) {
        return state.look(clock.millis(), window);
    }

    /**
     * Runs a change under the lock and keeps the order of cells by their next timeout. A cell that is due later than noted is
     * moved when its turn comes.
     */
    private <T extends @Nullable Object> T changing(Supplier<T> body) {
        return locked(() -> {
            T outcome = body.get();
            long next = state.nextExpiry();
            if (due == null || next < due.time() || next == Long.MAX_VALUE) {
                due = room.place(this, due, next);
            }
            return outcome;
        });
    }

    private <T extends @Nullable Object> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            unlock();
        }
    }

    /** Signals are sent after the lock is free, since a listener may call this cell at once. */
    private void unlock() {
        boolean tell = state.takeChanged();
        lock.unlock();
        if (tell) {
            signal.run();
        }
    }
}
