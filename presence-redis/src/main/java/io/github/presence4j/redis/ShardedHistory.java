package io.github.presence4j.redis;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.spi.Changes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The history of a sharded topic as one: the histories of its cells merged by the servers' time of each event. All watchers
 * see the same order, since an event is held back until every cell has told what it knew at that time. Its epoch is made of
 * the cells' epochs, and its seq is the sum of theirs.
 *
 * @param generation which generation of cells
 * @param cursors where each cell's history stands
 */
record ShardedHistory(String generation, List<String> cursors) {

    /** The same cursor for every cell. */
    static ShardedHistory of(String generation, int shards, String cursor) {
        return new ShardedHistory(generation, Collections.nCopies(shards, cursor));
    }

    static ShardedHistory parse(String text) {
        List<String> parts = List.of(text.split("\\|", -1));
        return new ShardedHistory(parts.get(0), parts.subList(1, parts.size()));
    }

    @Override
    public String toString() {
        return generation + "|" + String.join("|", cursors);
    }

    /** What the cells told after this place, and not after that time. */
    Changes follow(List<CellChanges> parts, long until) {
        if (parts.stream().anyMatch(CellChanges::gap)) {
            ShardedHistory now = new ShardedHistory(
                    generation, parts.stream().map(CellChanges::cursor).toList());
            long seq = parts.stream().mapToLong(part -> part.position().seq()).sum();
            return new Changes(now.toString(), new Position(epoch(parts), seq), List.of(), true, untilNext(parts));
        }
        return new Merge(parts, until).changes(this);
    }

    /** What was still to be told, the one Reset, then what the new generation's cells told from their first events on. */
    Changes afterReset(List<PresenceEvent> before, List<CellChanges> parts) {
        Position reset = new Position(epoch(parts), 0);
        Changes since = parts.stream().noneMatch(CellChanges::gap)
                ? follow(parts, Long.MAX_VALUE)
                : new Changes(
                        of(generation, cursors.size(), CellChanges.NOWHERE).toString(),
                        reset,
                        List.of(),
                        false,
                        Duration.ZERO);
        List<PresenceEvent> events = new ArrayList<>(before);
        events.add(new PresenceEvent.Reset(reset));
        events.addAll(since.events());
        return new Changes(since.cursor(), since.position(), events, false, since.untilNext());
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
