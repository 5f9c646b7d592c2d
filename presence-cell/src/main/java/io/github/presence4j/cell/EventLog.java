package io.github.presence4j.cell;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.sharding.ShardChanges;
import io.github.presence4j.sharding.Utf8Length;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The position of a cell and, while the cell is watched, its last events.
 *
 * <p>Events are also counted through resets, so that a watcher can read across one. A cursor is the log's own mark, such a
 * count, and a proof: a sum over the events up to there. A cell that was created again has another mark. A copy of the cell
 * that lost its last events, and recorded others, has another sum. So a watcher notices that it missed events.
 *
 * <p>Each event has a time of its own, by a logical clock that others may push: it puts the events of several cells in one
 * order.
 */
final class EventLog {
    static final long UNKNOWN = -1;
    /** The proof before the first event. */
    private static final String NOTHING = "0";

    private final long mark;
    private final ArrayDeque<Kept> events = new ArrayDeque<>();
    private long bytes;
    private long counted;
    private long proof;
    private long epoch;
    private long seq;
    /** 0 while the cell is not watched. */
    private long keptUntil;
    /** Of the last event, or later. */
    private long time;

    /** An event, its time, and the proof before it. */
    private record Kept(PresenceEvent event, long at, long before) {
        long bytes() {
            return Utf8Length.of(event);
        }
    }

    EventLog(long mark) {
        this.mark = mark;
        this.epoch = mark;
    }

    /**
     * The log of a merged cell. It starts empty and makes every earlier cursor invalid, that of the cell's start included,
     * so all watchers resynchronise.
     */
    static EventLog merged(long mark, EventLog one, EventLog other) {
        EventLog log = new EventLog(mark);
        log.counted = 1;
        log.time = Math.max(one.time, other.time);
        log.keptUntil = Math.max(one.keptUntil, other.keptUntil);
        return log;
    }

    void beginEpoch(long newEpoch) {
        epoch = newEpoch;
        seq = 0;
    }

    /** Keeps events until this time, since the cell is watched. */
    void keepUntil(long time) {
        keptUntil = time;
    }

    /** The next event is later than that. */
    void raise(long newTime) {
        time = Math.max(time, newTime);
    }

    long time() {
        return time;
    }

    int size() {
        return events.size();
    }

    boolean isWatched() {
        return keptUntil != 0;
    }

    /** Drops the events if no watcher has read them for so long that none is left. */
    void dropIfUnwatched(long now) {
        if (now >= keptUntil) {
            keptUntil = 0;
            events.clear();
            bytes = 0;
        }
    }

    void append(String member, long now, Function<Position, PresenceEvent> event) {
        counted++;
        seq++;
        time++;
        if (keptUntil == 0) {
            return;
        }
        add(new Kept(event.apply(position()), time, proof));
        proof = 31 * (31 * proof + now) + member.hashCode();
    }

    private void add(Kept kept) {
        events.addLast(kept);
        bytes += kept.bytes();
        while (events.size() > Limits.LOG_EVENTS || bytes > Limits.LOG_BYTES) {
            bytes -= events.removeFirst().bytes();
        }
    }

    /** Where the log ends, whether or not it is kept: the same as before if nothing has happened. */
    String end() {
        return mark + ":" + epoch + ":" + seq;
    }

    private Position position() {
        return new Position(epoch, seq);
    }

    /** Where the log stands after events that were read from it; where it ends if there were none. */
    Position positionAfter(List<PresenceEvent> read) {
        return read.isEmpty() ? position() : read.get(read.size() - 1).position();
    }

    /** The place of a cursor in this log. */
    private record Place(long count, String proof) {}

    /** A cursor of another log is not read any further: it need not be of our making. */
    private @Nullable Place find(String cursor) {
        if (cursor.equals(ShardChanges.FROM_START)) {
            return new Place(0, NOTHING);
        }
        String[] parts = cursor.split(":", -1);
        return parts.length == 3 && parts[0].equals(Long.toString(mark))
                ? new Place(Long.parseLong(parts[1]), parts[2])
                : null;
    }

    /** Returns the number of events after the cursor, or {@link #UNKNOWN} if some of them are lost. */
    long unseen(String cursor) {
        Place place = find(cursor);
        return place != null && isInSight(place) && isProven(place) ? counted - place.count : UNKNOWN;
    }

    /** Returns whether the cursor covers events of this cell that its log has lost, so that their numbers are taken. */
    boolean hasForgotten(String cursor) {
        Place place = find(cursor);
        return place != null && (isInSight(place) ? !isProven(place) : place.count > counted);
    }

    private boolean isInSight(Place place) {
        return place.count <= counted && counted - place.count <= events.size();
    }

    private boolean isProven(Place place) {
        return place.proof.equals(Long.toString(proofBeforeLast(counted - place.count)));
    }

    private long proofBeforeLast(long unseen) {
        return unseen == 0
                ? proof
                : events.stream().skip(events.size() - unseen).findFirst().orElseThrow().before;
    }

    /** Of the last {@code unseen} events the oldest. */
    List<PresenceEvent> oldestOfLast(long unseen, int limit) {
        return unseen <= 0
                ? List.of()
                : events.stream()
                        .skip(events.size() - unseen)
                        .limit(limit)
                        .map(Kept::event)
                        .toList();
    }

    /** As {@link #oldestOfLast}, each with its time and where to go on from after it. */
    List<ShardChanges.Entry> lastEntries(long unseen, int limit) {
        List<ShardChanges.Entry> changes = new ArrayList<>();
        Iterator<Kept> rest =
                events.stream().skip(events.size() - Math.max(0, unseen)).iterator();
        Kept next = rest.hasNext() ? rest.next() : null;
        for (long place = counted - unseen + 1; next != null && changes.size() < limit; place++) {
            Kept kept = next;
            next = rest.hasNext() ? rest.next() : null;
            changes.add(new ShardChanges.Entry(cursor(place, next == null ? proof : next.before), kept.at, kept.event));
        }
        return changes;
    }

    String cursor(long stillUnseen) {
        return cursor(counted - stillUnseen, proofBeforeLast(stillUnseen));
    }

    private String cursor(long count, long proofThere) {
        return mark + ":" + count + ":" + proofThere;
    }

    void write(DataOutput out) throws IOException {
        for (long field : new long[] {mark, counted, proof, epoch, seq, keptUntil, time}) {
            out.writeLong(field);
        }
        out.writeInt(events.size());
        for (Kept kept : events) {
            out.writeLong(kept.at);
            out.writeLong(kept.before);
            EventCodec.write(kept.event, out);
        }
    }

    static EventLog read(DataInput in) throws IOException {
        EventLog log = new EventLog(in.readLong());
        log.counted = in.readLong();
        log.proof = in.readLong();
        log.epoch = in.readLong();
        log.seq = in.readLong();
        log.keptUntil = in.readLong();
        log.time = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            long at = in.readLong();
            long before = in.readLong();
            log.add(new Kept(EventCodec.read(in), at, before));
        }
        return log;
    }
}
