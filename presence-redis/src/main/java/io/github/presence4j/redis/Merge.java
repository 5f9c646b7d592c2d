package io.github.presence4j.redis;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.spi.Changes;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges what the cells of one topic told, by the servers' time of each event. All watchers see the same order, since an event
 * is held back until every cell has told what it knew at that time.
 */
final class Merge {
    private final List<CellChanges> parts;
    private final int[] taken;
    private final long until;

    /** No event after {@code until} is told, now or later. */
    Merge(List<CellChanges> parts, long until) {
        this.parts = parts;
        this.taken = new int[parts.size()];
        this.until = until;
    }

    /** How far the cell whose answer is the oldest lags behind the newest event; those between are not in order yet. */
    static Duration lag(List<CellChanges> parts) {
        long newest = parts.stream()
                .flatMap(part -> part.entries().stream())
                .mapToLong(CellChanges.Entry::at)
                .max()
                .orElse(Long.MIN_VALUE);
        long oldest = parts.stream().mapToLong(CellChanges::asOf).min().orElse(Long.MAX_VALUE);
        return newest <= oldest ? Duration.ZERO : Duration.of(newest - oldest, ChronoUnit.MICROS);
    }

    Changes changes(ShardedHistory since) {
        long complete =
                parts.stream().mapToLong(CellChanges::completeUntil).min().orElse(0);
        long epoch = ShardedHistory.epoch(parts);
        long seq = parts.stream().mapToLong(Merge::seqBefore).sum();
        List<PresenceEvent> events = new ArrayList<>();
        for (int shard = earliest(); shard >= 0 && head(shard).at() <= complete; shard = earliest()) {
            seq++;
            events.add(head(shard).event(new Position(epoch, seq)));
            taken[shard]++;
        }
        List<String> cursors = new ArrayList<>();
        for (int shard = 0; shard < taken.length; shard++) {
            cursors.add(cursor(shard, since));
        }
        ShardedHistory now = new ShardedHistory(since.generation(), cursors);
        return new Changes(now.toString(), new Position(epoch, seq), events, false, ShardedHistory.untilNext(parts));
    }

    private static long seqBefore(CellChanges part) {
        return part.position().seq() - part.entries().size();
    }

    private CellChanges.Entry head(int shard) {
        return parts.get(shard).entries().get(taken[shard]);
    }

    private boolean hasMore(int shard) {
        return taken[shard] < parts.get(shard).entries().size() && head(shard).at() <= until;
    }

    /** The shard whose next event is the earliest; -1 if none has one. */
    private int earliest() {
        int earliest = -1;
        for (int shard = 0; shard < taken.length; shard++) {
            if (hasMore(shard)
                    && (earliest < 0 || head(shard).at() < head(earliest).at())) {
                earliest = shard;
            }
        }
        return earliest;
    }

    private String cursor(int shard, ShardedHistory since) {
        CellChanges part = parts.get(shard);
        if (!hasMore(shard)) {
            return part.cursor();
        }
        return taken[shard] == 0
                ? since.cursors().get(shard)
                : part.entries().get(taken[shard] - 1).id();
    }
}
