package io.github.presence4j.redis;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.sharding.Shard;
import io.github.presence4j.sharding.ShardChanges;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cell as a shard. The time of its events is the server's, in microseconds.
 *
 * @param cell the cell
 * @param exact whether pages are read from the primary
 */
record RedisShard(RedisTopic cell, boolean exact) implements Shard {
    /** Servers whose clocks differ by more are not waited for. */
    private static final long MAX_LAG_MICROS = Duration.ofMillis(500).toNanos() / 1000;

    private static final long MICROS_PER_MILLI = 1000;

    @Override
    public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        return cell.touch(touches);
    }

    @Override
    public CompletionStage<Set<String>> leave(List<Leave> leaves) {
        return cell.leave(leaves);
    }

    @Override
    public CompletionStage<Map<String, Member>> live(List<String> members) {
        return cell.live(members);
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(List<String> members) {
        return cell.liveAmong(members);
    }

    @Override
    public CompletionStage<Long> count() {
        return cell.count();
    }

    @Override
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        return cell.page(cursor, limit, exact);
    }

    @Override
    public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
        return cell.names(cursor, limit);
    }

    /** Asks again when the server's clock has come to that time: after a fraction of a millisecond, or as long as clocks differ. */
    @Override
    public CompletionStage<ShardChanges> changes(String cursor, long after) {
        return cell.changes(cursor, true).thenCompose(changes -> {
            long lag = after - changes.asOf();
            if (lag <= 0 || lag > MAX_LAG_MICROS) {
                return CompletableFuture.completedFuture(changes.toShardChanges(Math.max(after, changes.asOf())));
            }
            return lag < MICROS_PER_MILLI ? changes(cursor, after) : changesLater(cursor, after, lag);
        });
    }

    private CompletionStage<ShardChanges> changesLater(String cursor, long after, long lagMicros) {
        CompletableFuture<Void> pause = new CompletableFuture<>();
        try {
            cell.timer().schedule(() -> pause.complete(null), lagMicros, TimeUnit.MICROSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(LazyConnection.closed());
        }
        return pause.thenCompose(done -> changes(cursor, after));
    }

    @Override
    public CompletionStage<ShardChanges> lastChanges(String cursor) {
        return cell.changes(cursor, false).thenApply(changes -> changes.toShardChanges(ShardChanges.CLOSED));
    }
}
