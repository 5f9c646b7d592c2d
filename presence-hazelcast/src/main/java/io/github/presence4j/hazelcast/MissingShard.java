package io.github.presence4j.hazelcast;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.sharding.Shard;
import io.github.presence4j.sharding.ShardChanges;
import io.github.presence4j.sharding.StaleGenerationException;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a shard while the topic's generation is unknown. Reads return empty results. Writes fail as stale, so the
 * caller reads the generation and retries.
 */
enum MissingShard implements Shard {
    SHARD;

    private static <T> CompletionStage<T> over() {
        return CompletableFuture.failedFuture(new StaleGenerationException());
    }

    @Override
    public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        return over();
    }

    @Override
    public CompletionStage<Set<String>> leave(List<Leave> leaves) {
        return over();
    }

    @Override
    public CompletionStage<Map<String, Member>> live(List<String> members) {
        return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(List<String> members) {
        return CompletableFuture.completedFuture(Set.of());
    }

    @Override
    public CompletionStage<Long> count() {
        return CompletableFuture.completedFuture(0L);
    }

    @Override
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        return CompletableFuture.completedFuture(new MemberPage(List.of(), null));
    }

    @Override
    public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
        return CompletableFuture.completedFuture(new NamePage(List.of(), cursor != null, null));
    }

    @Override
    public CompletionStage<ShardChanges> changes(String cursor, long after) {
        return over();
    }

    @Override
    public CompletionStage<ShardChanges> lastChanges(String cursor) {
        return over();
    }
}
