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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cells, kept by Caffeine: a topic goes one TTL and a minute after its last touch, whoever is still listed there (G1).
 * Finding one is a quiet look that renews nothing; a touched cell is {@linkplain #keep kept} three times a minute, so that a
 * heartbeat does not pay for it.
 */
final class Topics {
    private static final long GRACE_MILLIS = 60_000;

    private final Cache<TopicId, Cell> cells;
    private final Policy<TopicId, Cell> policy;
    private final Policy.VarExpiration<TopicId, Cell> expiry;

    Topics(Ticker ticker) {
        this.cells = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfter(Expiry.<TopicId, Cell>writing((id, cell) -> life(cell)))
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .evictionListener((id, cell, cause) -> retire(cell))
                .build();
        this.policy = cells.policy();
        this.expiry = policy.expireVariably().orElseThrow();
    }

    private static Duration life(Cell cell) {
        return Duration.ofMillis(cell.ttl() + GRACE_MILLIS);
    }

    private static void retire(@Nullable Cell cell) {
        if (cell != null) {
            cell.retire();
        }
    }

    @Nullable
    Cell find(TopicId id) {
        return policy.getIfPresentQuietly(id);
    }

    Cell open(TopicId id, Function<TopicId, Cell> make) {
        return cells.get(id, make);
    }

    void keep(TopicId id, Cell cell) {
        expiry.setExpiresAfter(id, life(cell));
    }

    Collection<Cell> all() {
        return cells.asMap().values();
    }

    /** Lets go at once of what is due to go. */
    void cleanUp() {
        cells.cleanUp();
    }

    void clear() {
        cells.invalidateAll();
    }
}
