package io.github.presence4j.inmemory;

import io.github.presence4j.Touch;
import io.github.presence4j.cell.Capacity;
import io.github.presence4j.cell.CellState;
import io.github.presence4j.cell.Look;
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
 * One topic. Who joins, leaves and times out is decided under a lock; a heartbeat of a live member, which is nearly every
 * call, is one compare-and-set beside it. The clock is read under the lock, so decisions come in the order of their times.
 */
final class Cell {
    private static final long TEND_MILLIS = 20_000;

    private final StoreClock clock;
    private final Capacity capacity;
    private final Runnable hint;
    private final ReentrantLock lock = new ReentrantLock();
    private final CellState state;
    private volatile long tendAt;
    private boolean retired;

    Cell(StoreClock clock, long ttl, Capacity capacity, Runnable hint) {
        this.clock = clock;
        this.capacity = capacity;
        this.hint = hint;
        this.state = new CellState(capacity, ttl, anyNumber());
    }

    private static long anyNumber() {
        return ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    }

    long ttl() {
        return state.ttl();
    }

    /** How many are kept, live or lapsed. */
    int size() {
        return locked(state::size);
    }

    /** Beside the lock: a bare heartbeat of a live plain member under the recorded TTL; the clock was read just now. */
    boolean renew(String member, long ttl, long now) {
        return state.renew(member, ttl, now);
    }

    /** Null if the cell is retired and another one has to be used. */
    @Nullable
    TouchOutcome touch(Collection<Touch> touches, long ttl) {
        return locked(() -> {
            if (retired) {
                return null;
            }
            long now = clock.millis();
            if (ttl != state.ttl()) {
                tendAt = now;
                capacity.lapseFrom(now);
            }
            return state.touch(touches, ttl, now);
        });
    }

    /** Null if the cell is retired. */
    @Nullable
    Set<String> leave(Collection<Leave> leaves) {
        return locked(() -> retired ? null : state.leave(leaves, clock.millis()));
    }

    void reset() {
        locked(() -> {
            state.reset(anyNumber(), clock.millis());
            return null;
        });
    }

    /** Null if the cell is retired. */
    @Nullable
    Changes changesSince(@Nullable String cursor) {
        return locked(() -> retired ? null : state.changesSince(cursor, anyNumber(), clock.millis()));
    }

    /** Whether the traffic should {@link #tend} the cell now. */
    boolean isTendingDue(long now) {
        return now >= tendAt;
    }

    /** Now and then, by the traffic: reclaims a bounded number of lapsed members (G2). A later call does it if others are busy. */
    void tend(long now) {
        if (!lock.tryLock()) {
            return;
        }
        try {
            long due = state.tend(now) ? now : state.nextLapse();
            tendAt = Math.max(now + 1, Math.min(due, now + Math.min(TEND_MILLIS, state.ttl())));
        } finally {
            unlock();
        }
    }

    /** Makes room where a bound is set; true if it made any. */
    boolean reclaim() {
        return locked(() -> {
            boolean any = state.reclaim(clock.millis());
            if (state.size() > 0) {
                capacity.lapseFrom(state.nextLapse());
            }
            return any;
        });
    }

    /** Nobody has touched the topic for so long that everybody lapsed. */
    void retire() {
        locked(() -> {
            retired = true;
            state.clear();
            return null;
        });
    }

    /** Beside the lock where that is certain, which is nearly always. */
    boolean isLive(String member, @Nullable Duration window) {
        Look glance = glance(window);
        return glance.seesLive(member) || (glance.needsTurn(member) && look(look -> look.isLive(member), window));
    }

    /** Reads take part in the judgement of who lapsed; see {@link CellState}. */
    <T> T look(Function<Look, T> question, @Nullable Duration window) {
        return locked(() -> question.apply(glance(window)));
    }

    /** What needs no judgement of a lapse is read beside the lock. The clock is read before the entry, never after. */
    Look glance(@Nullable Duration window) {
        return state.look(clock.millis(), window);
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
        boolean tell = state.takeChanged();
        lock.unlock();
        if (tell) {
            hint.run();
        }
    }
}
