package io.github.presence4j.sharding;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Keeps the shards of one topic and its last generation, so that a call need not make them. Thread-safe. */
final class ShardCache {
    private final int count;
    private final ShardedTopic.Cells cells;
    private volatile @Nullable Known known;

    private record Known(Generation generation, AtomicReferenceArray<@Nullable Shard> shards) {}

    ShardCache(int count, ShardedTopic.Cells cells) {
        this.count = count;
        this.cells = cells;
    }

    /** Returns a shard, from 0. Two threads may make it twice; either may be used. */
    Shard get(int shard, Generation generation) {
        Known current = known;
        if (current == null || !current.generation().equals(generation)) {
            current = new Known(generation, new AtomicReferenceArray<>(count));
            known = current;
        }
        Shard made = current.shards().get(shard);
        if (made == null) {
            made = cells.cell(shard, generation);
            current.shards().set(shard, made);
        }
        return made;
    }
}
