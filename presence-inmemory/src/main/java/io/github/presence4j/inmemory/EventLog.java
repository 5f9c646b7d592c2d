package io.github.presence4j.inmemory;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The position of a cell and, while somebody watches, its last events. Guarded by the cell's lock.
 *
 * <p>Events are also counted through resets, so that a watcher reads on across one. A cursor is the log's own mark and such a
 * count: a cell that was reclaimed and made anew has another mark, which is how a watcher learns that it missed something.
 */
final class EventLog {
    private static final int CAPACITY = 4096;

    private final long mark = newEpoch();
    private final ArrayDeque<PresenceEvent> events = new ArrayDeque<>();
    private long counted;
    private long epoch = mark;
    private long seq;

    private static long newEpoch() {
        return ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    }

    void beginEpoch() {
        epoch = newEpoch();
        seq = 0;
    }

    void append(boolean watched, Function<Position, PresenceEvent> event) {
        counted++;
        seq++;
        if (!watched) {
            events.clear();
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

    /** Where the log stands after the first {@code behind} of the events that {@code cursor} has not seen. */
    Position positionOf(List<PresenceEvent> read) {
        return read.isEmpty() ? position() : read.get(read.size() - 1).position();
    }

    /** How many events the cursor has not seen, or -1 if they cannot be told. */
    long unseen(String cursor) {
        String prefix = mark + ":";
        if (!cursor.startsWith(prefix)) {
            return -1;
        }
        long unseen = counted - Long.parseLong(cursor.substring(prefix.length()));
        return unseen <= events.size() ? unseen : -1;
    }

    /** The oldest of the last {@code unseen} events. */
    List<PresenceEvent> last(long unseen, int limit) {
        Iterator<PresenceEvent> newestFirst = events.descendingIterator();
        ArrayDeque<PresenceEvent> tail = new ArrayDeque<>();
        Stream.generate(newestFirst::next).limit(unseen).forEach(tail::addFirst);
        return tail.stream().limit(limit).toList();
    }

    String cursor(long stillUnseen) {
        return mark + ":" + (counted - stillUnseen);
    }
}
