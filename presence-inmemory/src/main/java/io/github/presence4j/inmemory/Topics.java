package io.github.presence4j.inmemory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cells, kept by Caffeine: a topic goes one TTL and a minute after its last touch, whoever is still listed there (G1).
 * A touched cell is {@linkplain #keep kept} three times a minute, and found by a plain map, so that a heartbeat pays neither
 * for Caffeine's bookkeeping nor for reading the clock twice.
 */
final class Topics {
    private static final long GRACE_MILLIS = 60_000;

    private final Cache<TopicId, Cell> cells;
    private final Map<TopicId, Cell> byId = new ConcurrentHashMap<>();
    private final Policy.VarExpiration<TopicId, Cell> expiry;

    Topics(Ticker ticker) {
        this.cells = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfter(Expiry.<TopicId, Cell>writing((id, cell) -> life(cell)))
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .evictionListener((id, cell, cause) -> retire(id, cell))
                .build();
        this.expiry = cells.policy().expireVariably().orElseThrow();
    }

    private static Duration life(Cell cell) {
        return Duration.ofMillis(cell.ttl() + GRACE_MILLIS);
    }

    private void retire(@Nullable TopicId id, @Nullable Cell cell) {
        if (id != null && cell != null) {
            byId.remove(id, cell);
            cell.retire();
        }
    }

    /** May still find a cell that is due to go: everybody in it has lapsed, so what it answers is right. */
    @Nullable
    Cell find(TopicId id) {
        return byId.get(id);
    }

    /** The cell to change: one that is due to go is retired first. */
    Cell open(TopicId id, Function<TopicId, Cell> make) {
        return cells.get(id, key -> {
            Cell made = make.apply(key);
            byId.put(key, made);
            return made;
        });
    }

    void keep(TopicId id, Cell cell) {
        expiry.setExpiresAfter(id, life(cell));
    }

    Collection<Cell> all() {
        return byId.values();
    }

    /** Lets go at once of what is due to go. */
    void cleanUp() {
        cells.cleanUp();
    }

    void clear() {
        cells.invalidateAll();
        byId.clear();
    }
}
