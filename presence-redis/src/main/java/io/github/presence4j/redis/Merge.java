package io.github.presence4j.redis;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.spi.Changes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Merges what the cells of one topic told, up to the time that all of them have told everything of. */
final class Merge {
    private final List<CellChanges> parts;
    private final int[] taken;
    private final long complete;

    Merge(List<CellChanges> parts) {
        this.parts = parts;
        this.taken = new int[parts.size()];
        this.complete =
                parts.stream().mapToLong(CellChanges::completeUntil).min().orElse(0);
    }

    Changes changes(ShardedHistory since) {
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
        return new Changes(
                new ShardedHistory(since.generation(), cursors).toString(),
                new Position(epoch, seq),
                events,
                false,
                untilNext());
    }

    private static long seqBefore(CellChanges part) {
        return part.position().seq() - part.entries().size();
    }

    private CellChanges.Entry head(int shard) {
        return parts.get(shard).entries().get(taken[shard]);
    }

    private boolean hasMore(int shard) {
        return taken[shard] < parts.get(shard).entries().size();
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

    /** What is held back can be told when the clock that lags behind has come as far. */
    private Duration untilNext() {
        Duration next = ShardedHistory.untilNext(parts);
        int held = earliest();
        if (held < 0 || next.isZero()) {
            return next;
        }
        Duration lag = Duration.ofMillis(1 + (head(held).at() - complete) / 1000);
        return lag.compareTo(next) < 0 ? lag : next;
    }
}
