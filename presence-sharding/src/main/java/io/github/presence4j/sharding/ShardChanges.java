package io.github.presence4j.sharding;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import java.time.Duration;
import java.util.List;

/**
 * The answer of one cell to a watcher. Times are microseconds since 1970 or another growing number. They order the events
 * of a topic's cells, and decide nothing else.
 *
 * @param cursor the cursor of the next call
 * @param position of the last event that the cursor covers
 * @param gap whether events after the given cursor are lost; then {@code entries} is empty
 * @param untilNext the time until the next timeout may be due; zero if there are more events
 * @param asOf the time of this answer; later events of the cell have a later time
 * @param entries the events, oldest first
 */
public record ShardChanges(
        String cursor, Position position, boolean gap, Duration untilNext, long asOf, List<Entry> entries) {
    /** No cursor: the answer reports a gap, and has a cursor to continue from. */
    public static final String NONE = "";

    /** The cursor before a cell's first event. */
    public static final String FROM_START = "birth";

    /** A cursor that is in no log: reading after it reports a gap. */
    public static final String UNKNOWN = "0-0";

    /** No further event will be added to the log of the cell. */
    public static final long CLOSED = Long.MAX_VALUE;

    /**
     * An event.
     *
     * @param cursor the cursor after this event
     * @param at its time, later than that of the event before it
     * @param event the event, at the cell's own position
     */
    public record Entry(String cursor, long at, PresenceEvent event) {}

    /** {@return the same changes, of a cell whose log receives no further event} */
    public ShardChanges atTheEnd() {
        return new ShardChanges(cursor, position, gap, untilNext, CLOSED, entries);
    }

    /** Returns the time up to which all events have been returned. */
    long completeUntil() {
        return untilNext.isZero() && !entries.isEmpty()
                ? entries.get(entries.size() - 1).at()
                : asOf;
    }
}
