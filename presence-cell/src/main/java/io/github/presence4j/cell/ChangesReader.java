package io.github.presence4j.cell;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.sharding.ShardChanges;
import io.github.presence4j.spi.Changes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the events after a cursor. A null cursor is the first call of a watcher. */
final class ChangesReader {
    private final EventLog log;
    private final long unseen;
    private final Duration untilNext;

    /** {@code untilNext} is zero if more events will follow than the log holds now. */
    ChangesReader(EventLog log, @Nullable String cursor, Duration untilNext) {
        this.log = log;
        this.unseen = cursor == null ? EventLog.UNKNOWN : log.unseen(cursor);
        this.untilNext = untilNext;
    }

    Changes changes(int limit) {
        List<PresenceEvent> events = log.oldestOfLast(unseen, limit);
        long left = leftAfter(events.size());
        return new Changes(log.cursor(left), log.positionAfter(events), events, isGap(), untilNext(left));
    }

    ShardChanges shardChanges(int limit) {
        List<ShardChanges.Entry> entries = log.lastEntries(unseen, limit);
        List<PresenceEvent> events =
                entries.stream().map(ShardChanges.Entry::event).toList();
        long left = leftAfter(events.size());
        return new ShardChanges(
                log.cursor(left), log.positionAfter(events), isGap(), untilNext(left), log.time(), entries);
    }

    private boolean isGap() {
        return unseen == EventLog.UNKNOWN;
    }

    private long leftAfter(int told) {
        return Math.max(0, unseen) - told;
    }

    private Duration untilNext(long left) {
        return left > 0 ? Duration.ZERO : untilNext;
    }
}
