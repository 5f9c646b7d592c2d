package io.github.presence4j.redis;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.spi.Changes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The history of a sharded topic as one: the histories of its cells merged by the servers' time of each event. All watchers
 * see the same order, since an event is held back until every cell has told what it knew at that time. Its epoch is made of
 * the cells' epochs, and its seq is the sum of theirs.
 *
 * @param generation which generation of cells
 * @param cursors where each cell's history stands; empty for nowhere
 */
record ShardedHistory(String generation, List<String> cursors) {

    static ShardedHistory none(int shards) {
        return new ShardedHistory(
                "", IntStream.range(0, shards).mapToObj(i -> "").toList());
    }

    static ShardedHistory parse(String text) {
        List<String> parts = List.of(text.split("\\|", -1));
        return new ShardedHistory(parts.get(0), parts.subList(1, parts.size()));
    }

    ShardedHistory in(String other) {
        return new ShardedHistory(other, cursors);
    }

    @Nullable
    String cursor(int shard) {
        String cursor = cursors.get(shard);
        return cursor.isEmpty() ? null : cursor;
    }

    @Override
    public String toString() {
        return generation + "|" + String.join("|", cursors);
    }

    /** What the cells told after this place. */
    Changes follow(List<CellChanges> parts) {
        if (parts.stream().anyMatch(CellChanges::gap)) {
            ShardedHistory now = new ShardedHistory(
                    generation, parts.stream().map(CellChanges::cursor).toList());
            long seq = parts.stream().mapToLong(part -> part.position().seq()).sum();
            return new Changes(now.toString(), new Position(epoch(parts), seq), List.of(), true, untilNext(parts));
        }
        return new Merge(parts).changes(this);
    }

    /** The old generation's last events, then the one Reset. Cells that have begun without being watched are a gap later. */
    static Changes afterReset(String generation, Changes drained, List<CellChanges> begun) {
        List<PresenceEvent> events = new ArrayList<>(drained.events());
        Position position = new Position(epoch(begun), 0);
        events.add(new PresenceEvent.Reset(position));
        boolean fresh = begun.stream().allMatch(part -> part.position().seq() == 0);
        List<String> cursors = begun.stream()
                .map(part -> fresh ? part.cursor() : CellChanges.NOWHERE)
                .toList();
        return new Changes(
                new ShardedHistory(generation, cursors).toString(),
                position,
                events,
                false,
                fresh ? untilNext(begun) : Duration.ZERO);
    }

    static long epoch(List<CellChanges> parts) {
        long epoch = 0;
        for (CellChanges part : parts) {
            epoch = 31 * epoch + part.position().epoch();
        }
        return epoch;
    }

    static Duration untilNext(List<CellChanges> parts) {
        return parts.stream()
                .map(CellChanges::untilNext)
                .min(Duration::compareTo)
                .orElse(Changes.NEVER);
    }
}
