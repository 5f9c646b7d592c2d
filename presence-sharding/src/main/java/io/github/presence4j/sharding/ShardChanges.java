package io.github.presence4j.sharding;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import java.time.Duration;
import java.util.List;

/**
 * What one cell tells a watcher. Times are microseconds since 1970 or whatever else grows: they order the events of the cells of a
 * topic, and decide nothing else.
 *
 * @param cursor where to go on from
 * @param position of the last event that the cursor covers
 * @param gap whether the events after the cursor that was given cannot be told; then there are none
 * @param untilNext until the next timeout may be due; zero if there is more to tell
 * @param asOf whatever happens in the cell after this answer has a later time
 * @param entries the events, oldest first
 */
public record ShardChanges(String cursor, Position position, boolean gap, Duration untilNext, long asOf, List<Entry> entries) {
    /** No cursor: the answer is a gap, and a place to go on from. */
    public static final String NONE = "";

    /** The cursor before a cell's first event. */
    public static final String FROM_START = "birth";

    /** A cursor that is in no history: what comes after it cannot be told. */
    public static final String UNKNOWN = "0-0";

    /** Nothing happens any more. */
    public static final long CLOSED = Long.MAX_VALUE;

    /**
     * An event.
     *
     * @param cursor where to go on from after it
     * @param at its time, later than that of the event before it
     * @param event what happened, at the cell's own position
     */
    public record Entry(String cursor, long at, PresenceEvent event) {}

    /** {@return the same, of a cell in which nothing happens any more} */
    public ShardChanges atTheEnd() {
        return new ShardChanges(cursor, position, gap, untilNext, CLOSED, entries);
    }

    /** Up to which time everything has been told. */
    long completeUntil() {
        return untilNext.isZero() && !entries.isEmpty()
                ? entries.get(entries.size() - 1).at()
                : asOf;
    }
}
