package io.github.presence4j.inmemory;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The position of a cell and, while somebody watches, its last events. Guarded by the cell's lock.
 *
 * <p>Events are also counted through resets, so that a watcher reads on across one. A cursor is the log's own mark and such a
 * count: a cell that was reclaimed and made anew has another mark, which is how a watcher learns that it missed something.
 */
final class EventLog {
    static final long UNKNOWN = -1;
    private static final int CAPACITY = 4096;

    private final long mark = newEpoch();
    private final ArrayDeque<PresenceEvent> events = new ArrayDeque<>();
    private long counted;
    private long epoch = mark;
    private long seq;
    /** 0 while nobody watches. */
    private long keptUntil;

    private static long newEpoch() {
        return ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    }

    void beginEpoch() {
        epoch = newEpoch();
        seq = 0;
    }

    /** Somebody watches: events are kept from now on, or go on being kept. */
    void keepUntil(long time) {
        keptUntil = time;
    }

    /** Nobody asked for so long that nobody watches. */
    void dropIfUnwatched(long now) {
        if (now >= keptUntil) {
            keptUntil = 0;
            events.clear();
        }
    }

    void append(Function<Position, PresenceEvent> event) {
        counted++;
        seq++;
        if (keptUntil == 0) {
            return;
        }
        if (events.size() == CAPACITY) {
            events.removeFirst();
        }
        events.addLast(event.apply(position()));
    }

    private Position position() {
        return new Position(epoch, seq);
    }

    /** Where the log stands after events that were read from it; where it ends if there were none. */
    Position positionAfter(List<PresenceEvent> read) {
        return read.isEmpty() ? position() : read.get(read.size() - 1).position();
    }

    /** How many events the cursor has not seen, or {@link #UNKNOWN} if they cannot be told. */
    long unseen(String cursor) {
        String prefix = mark + ":";
        if (!cursor.startsWith(prefix)) {
            return UNKNOWN;
        }
        long unseen = counted - Long.parseLong(cursor.substring(prefix.length()));
        return unseen <= events.size() ? unseen : UNKNOWN;
    }

    /** Of the last {@code unseen} events the oldest. */
    List<PresenceEvent> oldestOfLast(long unseen, int limit) {
        return unseen <= 0
                ? List.of()
                : events.stream().skip(events.size() - unseen).limit(limit).toList();
    }

    String cursor(long stillUnseen) {
        return mark + ":" + (counted - stillUnseen);
    }
}
