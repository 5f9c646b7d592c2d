package io.github.presence4j.inmemory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.presence4j.cell.Limits;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cells, kept by Caffeine. A topic is removed one TTL and a minute after its last touch, even if members are still
 * stored (G1). A touched cell is {@linkplain #keep kept} three times a minute, and found by a plain map, so that a
 * heartbeat pays neither for Caffeine's bookkeeping nor for reading the clock twice.
 */
final class CellCache {
    private static final long STEP_MILLIS = 1;
    private static final long IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor timer = timer();
    private final Cache<TopicId, LockedCell> cells;
    private final Map<TopicId, LockedCell> byId = new ConcurrentHashMap<>();
    private final Policy.VarExpiration<TopicId, LockedCell> expiry;
    private final AtomicBoolean reclaiming = new AtomicBoolean();

    CellCache(Ticker ticker) {
        this.cells = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfter(Expiry.<TopicId, LockedCell>writing((id, cell) -> life(cell)))
                .scheduler(Scheduler.forScheduledExecutorService(timer))
                .executor(Runnable::run)
                .evictionListener((id, cell, cause) -> retire(id, cell))
                .build();
        this.expiry = cells.policy().expireVariably().orElseThrow();
    }

    /** Returns the timer. Its thread ends after an idle time, and with the store. */
    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, CellCache::daemon, new ThreadPoolExecutor.DiscardPolicy());
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "presence-inmemory");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Continues to remove expired cells, until none is left. Caffeine removes a bounded number at a time, then waits about a
     * second.
     */
    private void reclaimOn() {
        if (reclaiming.compareAndSet(false, true)) {
            timer.schedule(this::reclaimStep, STEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void reclaimStep() {
        reclaiming.set(false);
        cells.cleanUp();
    }

    private static Duration life(LockedCell cell) {
        return Duration.ofMillis(cell.ttl() + Limits.KEPT_AFTER_TTL_MILLIS);
    }

    private void retire(@Nullable TopicId id, @Nullable LockedCell cell) {
        if (id != null && cell != null) {
            byId.remove(id, cell);
            cell.retire();
            reclaimOn();
        }
    }

    /** May still find a cell that is due for removal. All its members have expired, so its answers are right. */
    @Nullable
    LockedCell find(TopicId id) {
        return byId.get(id);
    }

    /** The cell to change: one that is due to go is retired first. */
    LockedCell open(TopicId id, Function<TopicId, LockedCell> make) {
        return cells.get(id, key -> {
            LockedCell made = make.apply(key);
            byId.put(key, made);
            return made;
        });
    }

    void keep(TopicId id, LockedCell cell) {
        expiry.setExpiresAfter(id, life(cell));
    }

    Collection<LockedCell> all() {
        return byId.values();
    }

    /** Lets go at once of what is due to go. */
    void cleanUp() {
        cells.cleanUp();
    }

    /** Removes all topics and ends the timer. */
    void clear() {
        timer.shutdownNow();
        cells.invalidateAll();
        byId.clear();
    }
}
