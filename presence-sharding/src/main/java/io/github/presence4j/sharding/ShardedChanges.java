package io.github.presence4j.sharding;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.spi.Changes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads the logs of all cells of a sharded topic as one log. The caller has read the generation from the topic's metadata.
 */
final class ShardedChanges {
    private final int shards;
    private final Generation generation;
    private final Function<Generation, List<Shard>> cells;

    ShardedChanges(int shards, Generation generation, Function<Generation, List<Shard>> cells) {
        this.shards = shards;
        this.generation = generation;
        this.cells = cells;
    }

    /**
     * Starts a watch without a known cursor, or with that of an earlier topic of this name: the watcher has to
     * resynchronise.
     */
    CompletionStage<Changes> begin() {
        return follow(ShardedCursor.of(generation.id(), shards, ShardChanges.NONE));
    }

    CompletionStage<Changes> since(ShardedCursor since) {
        if (since.cursors().size() != shards) {
            return begin();
        }
        if (since.generation().equals(generation.id())) {
            return follow(since);
        }
        return generation.isFirst() ? begin() : acrossReset(since);
    }

    /**
     * Returns the last events of the previous generation, then the Reset, then the events of this generation from its first
     * one on.
     */
    private CompletionStage<Changes> acrossReset(ShardedCursor since) {
        List<Shard> left = cells.apply(new Generation(since.generation(), 0));
        ShardedCursor born = ShardedCursor.of(generation.id(), shards, ShardChanges.FROM_START);
        return Stages.all(IntStream.range(0, shards)
                        .mapToObj(i -> left.get(i).lastChanges(since.cursors().get(i)))
                        .toList())
                .thenCompose(parts -> {
                    Changes before = new ShardChangesMerger(parts, generation.begun()).changes(since);
                    if (ShardChangesMerger.hasGap(parts)) {
                        return ordered(born, 0).thenApply(begun -> reset(List.of(), born, begun));
                    }
                    return before.untilNext().isZero()
                            ? CompletableFuture.completedFuture(before)
                            : ordered(born, 0).thenApply(begun -> reset(before.events(), born, begun));
                });
    }

    private Changes reset(List<PresenceEvent> before, ShardedCursor born, List<ShardChanges> parts) {
        Position reset = new Position(ShardChangesMerger.epoch(parts), 0);
        List<PresenceEvent> events = new ArrayList<>(before);
        events.add(new PresenceEvent.Reset(reset));
        if (ShardChangesMerger.hasGap(parts)) {
            String nowhere = ShardedCursor.of(generation.id(), shards, ShardChanges.UNKNOWN)
                    .toString();
            return new Changes(nowhere, reset, events, false, Duration.ZERO);
        }
        Changes since = new ShardChangesMerger(parts, Long.MAX_VALUE).changes(born);
        events.addAll(since.events());
        return new Changes(since.cursor(), since.position(), events, false, since.untilNext());
    }

    private CompletionStage<Changes> follow(ShardedCursor since) {
        return ordered(since, 0)
                .thenCompose(parts -> ShardChangesMerger.hasGap(parts)
                        ? gap(parts)
                        : CompletableFuture.completedFuture(
                                new ShardChangesMerger(parts, Long.MAX_VALUE).changes(since)));
    }

    /**
     * To go on from one time for all cells, and not from wherever each stood when it was asked: else seq would count the same events
     * differently for watchers that began at different times.
     */
    private CompletionStage<Changes> gap(List<ShardChanges> parts) {
        ShardedCursor now = ShardedCursor.after(generation.id(), parts);
        long covered = parts.stream().mapToLong(ShardChanges::asOf).max().orElse(0);
        return ordered(now, covered).thenApply(later -> {
            Changes from = new ShardChangesMerger(later, Long.MAX_VALUE).changes(now);
            return new Changes(from.cursor(), from.position(), List.of(), true, from.untilNext());
        });
    }

    /**
     * If a shard's answer is older than the newest event, asks that shard again, with that time as the lower bound for its
     * future events. So all events from before the call can be returned in order. Events newer than a shard's answer wait
     * for the next call.
     */
    private CompletionStage<List<ShardChanges>> ordered(ShardedCursor since, long after) {
        List<Shard> all = cells.apply(generation);
        return Stages.all(IntStream.range(0, shards)
                        .mapToObj(i -> all.get(i).changes(since.cursors().get(i), after))
                        .toList())
                .thenCompose(parts -> {
                    long newest = ShardChangesMerger.newest(parts);
                    return Stages.all(IntStream.range(0, shards)
                            .mapToObj(i -> parts.get(i).asOf() >= newest
                                    ? CompletableFuture.completedFuture(parts.get(i))
                                    : all.get(i).changes(since.cursors().get(i), newest))
                            .toList());
                });
    }
}
