package io.github.presence4j.spi;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import java.time.Duration;
import java.util.List;

/**
 * The events of a topic after a cursor.
 *
 * @param cursor the cursor of the next call, to be handed back unchanged. A backend encodes in it what it needs to detect a
 *     gap later: epoch and seq of every shard, the server or connection it read from
 * @param position the position of the last event that {@code cursor} covers
 * @param events the events after the cursor that was given, oldest first, never a Snapshot, an Interrupted or a Resumed,
 *     which the API makes itself; at most 500 per cell on Redis, 1000 elsewhere, and 2000 divided by the shards on a
 *     sharded Hazelcast topic; empty after a gap
 * @param gap whether events between the given cursor and this one are lost, so that the caller has to resynchronise. Also
 *     true when no cursor was given
 * @param untilNext how long until the next timeout may be due, never later than it is; zero to be asked again at once
 *     because the answer may lack events from before the call; {@link #SOON} to be asked again at once because more events
 *     followed during the call; {@link #NEVER} if no member is live
 */
public record Changes(String cursor, Position position, List<PresenceEvent> events, boolean gap, Duration untilNext) {

    /** No member is live, so no timeout is due. */
    public static final Duration NEVER = Duration.ofDays(3650);

    /**
     * The answer has all events from before the call, and more events followed during it. A watcher asks again at once. A
     * resynchronisation need not: in a busy topic it would never finish.
     */
    public static final Duration SOON = Duration.ofNanos(1);

    /**
     * Keeps its own copy of the events.
     *
     * @param cursor the cursor of the next call
     * @param position the position of the last event that {@code cursor} covers
     * @param events the events, oldest first; the list is copied
     * @param gap whether events are lost
     * @param untilNext the time until the next timeout may be due
     */
    public Changes {
        events = List.copyOf(events);
    }
}
