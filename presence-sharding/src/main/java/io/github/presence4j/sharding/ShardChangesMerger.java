package io.github.presence4j.sharding;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.spi.Changes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges the events of a topic's cells by their times. All watchers see the same order (W2), since an event is held back
 * until every cell has answered for that time. The epoch is made of the cells' epochs, and seq is the sum of theirs. The
 * merged events are always all events up to some time, so the sum is the same for every watcher.
 */
final class ShardChangesMerger {
    private final List<ShardChanges> parts;
    private final int[] taken;
    private final long until;

    /** No event after {@code until} is returned, now or later. */
    ShardChangesMerger(List<ShardChanges> parts, long until) {
        this.parts = parts;
        this.taken = new int[parts.size()];
        this.until = until;
    }

    static boolean hasGap(List<ShardChanges> parts) {
        return parts.stream().anyMatch(ShardChanges::gap);
    }

    /** Returns the time of the newest event in the answers; 0 if there is none. */
    static long newest(List<ShardChanges> parts) {
        return parts.stream()
                .flatMap(part -> part.entries().stream())
                .mapToLong(ShardChanges.Entry::at)
                .max()
                .orElse(0);
    }

    static long epoch(List<ShardChanges> parts) {
        long epoch = 0;
        for (ShardChanges part : parts) {
            epoch = 31 * epoch + part.position().epoch();
        }
        return epoch;
    }

    /** Returns the merged events after a cursor. */
    Changes changes(ShardedCursor since) {
        long complete =
                parts.stream().mapToLong(ShardChanges::completeUntil).min().orElse(0);
        long epoch = epoch(parts);
        long seq = parts.stream().mapToLong(ShardChangesMerger::seqBefore).sum();
        List<PresenceEvent> events = new ArrayList<>();
        int shard = earliest();
        for (; shard >= 0 && head(shard).at() <= complete; shard = earliest()) {
            seq++;
            events.add(moved(head(shard).event(), new Position(epoch, seq)));
            taken[shard]++;
        }
        List<String> cursors = new ArrayList<>();
        for (int i = 0; i < taken.length; i++) {
            cursors.add(cursor(i, since));
        }
        String now = new ShardedCursor(since.generation(), cursors).toString();
        return new Changes(now, new Position(epoch, seq), events, false, untilNext(shard >= 0));
    }

    /**
     * Returns zero only if a cell has more events than one answer may hold. An event that is held back, because it is newer than
     * the answer of some cell, happened during this call. A busy topic always has such an event, so a reader that polled until
     * there is none would never finish.
     */
    private Duration untilNext(boolean heldBack) {
        Duration untilNext = untilNext();
        return heldBack && !untilNext.isZero() ? Changes.SOON : untilNext;
    }

    private Duration untilNext() {
        return parts.stream()
                .map(ShardChanges::untilNext)
                .min(Duration::compareTo)
                .orElse(Changes.NEVER);
    }

    private static long seqBefore(ShardChanges part) {
        return part.position().seq() - part.entries().size();
    }

    private ShardChanges.Entry head(int shard) {
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

    private String cursor(int shard, ShardedCursor since) {
        ShardChanges part = parts.get(shard);
        if (!hasMore(shard)) {
            return part.cursor();
        }
        return taken[shard] == 0
                ? since.cursors().get(shard)
                : part.entries().get(taken[shard] - 1).cursor();
    }

    /** The event at a position of the whole topic. */
    private static PresenceEvent moved(PresenceEvent event, Position position) {
        if (event instanceof PresenceEvent.Joined joined) {
            return new PresenceEvent.Joined(joined.member(), joined.session(), joined.data(), position, false);
        } else if (event instanceof PresenceEvent.Updated updated) {
            return new PresenceEvent.Updated(updated.member(), updated.session(), updated.data(), position, false);
        } else if (event instanceof PresenceEvent.Left left) {
            return new PresenceEvent.Left(left.member(), position, false);
        } else if (event instanceof PresenceEvent.TimedOut timedOut) {
            return new PresenceEvent.TimedOut(timedOut.member(), position);
        }
        throw new IllegalArgumentException("A cell of a sharded topic records no " + event);
    }
}
