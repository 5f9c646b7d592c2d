package io.github.presence4j.spi;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import java.time.Duration;
import java.util.List;

/**
 * What happened in a topic after a cursor.
 *
 * @param cursor where to go on from, to be handed back as it is. A backend puts into it whatever it needs to tell a gap
 *     later: epoch and seq of every shard, the server or connection it read from
 * @param position the position of the last event that {@code cursor} covers
 * @param events the events after the cursor that was given, oldest first, never a Snapshot; at most a few thousand; empty
 *     after a gap
 * @param gap whether the events between the given cursor and this one cannot be told: the caller has to compare. Also true
 *     when no cursor was given
 * @param untilNext how long until the next timeout may be due, never later than it is; zero to be asked again at once,
 *     because there was more than one call may do; {@link #NEVER} if nobody is live
 */
public record Changes(String cursor, Position position, List<PresenceEvent> events, boolean gap, Duration untilNext) {

    /** Nobody is live, so no timeout is due. */
    public static final Duration NEVER = Duration.ofDays(3650);

    /**
     * Keeps its own copy of the events.
     *
     * @param cursor see the record
     * @param position see the record
     * @param events copied
     * @param gap see the record
     * @param untilNext see the record
     */
    public Changes {
        events = List.copyOf(events);
    }
}
