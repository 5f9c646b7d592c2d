package io.github.presence4j.redis;

import io.github.presence4j.sharding.ShardChanges;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads the changes of a shard when the clock of its server has come to a time that another server showed. Asks again after a
 * fraction of a millisecond, or as long as the clocks differ.
 *
 * @param read asks the server once
 * @param timer waits for a clock that is further behind
 */
record LaterChanges(Supplier<CompletionStage<CellChanges>> read, ScheduledExecutorService timer) {
    /** Servers whose clocks differ by more are not waited for. */
    private static final long MAX_LAG_MICROS = Duration.ofMillis(500).toNanos() / 1000;

    private static final long MICROS_PER_MILLI = 1000;

    /** Returns changes that are complete up to a time, in microseconds: whatever happens later has a later time. */
    CompletionStage<ShardChanges> after(long time) {
        return read.get().thenCompose(changes -> {
            long lag = time - changes.asOf();
            if (lag <= 0 || lag > MAX_LAG_MICROS) {
                return CompletableFuture.completedFuture(changes.toShardChanges(Math.max(time, changes.asOf())));
            }
            return lag < MICROS_PER_MILLI ? after(time) : pausedAfter(time, lag);
        });
    }

    private CompletionStage<ShardChanges> pausedAfter(long time, long lagMicros) {
        CompletableFuture<Void> pause = new CompletableFuture<>();
        try {
            timer.schedule(() -> pause.complete(null), lagMicros, TimeUnit.MICROSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(LazyConnection.closed());
        }
        return pause.thenCompose(done -> after(time));
    }
}
