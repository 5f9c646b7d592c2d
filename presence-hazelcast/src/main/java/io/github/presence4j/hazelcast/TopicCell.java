package io.github.presence4j.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.github.presence4j.cell.Capacity;
import io.github.presence4j.cell.CellState;
import java.io.IOException;

/**
 * One topic, as it lies in the map. Changed in place by the thread of its partition, on its owner and on each backup alike; it is
 * serialised only where a partition moves.
 *
 * <p>Its clock is the cluster's, but goes on where the cluster's is set back (T3): who stopped does not become a ghost for as long
 * as the clock repeats.
 */
final class TopicCell implements IdentifiedDataSerializable {
    private static final long GRACE_MILLIS = 60_000;

    private CellState state;
    private long clock;
    private long shift;
    private long keptUntil;

    TopicCell(long ttl, long mark) {
        this.state = new CellState(unbounded(), ttl, mark);
    }

    private TopicCell(CellState state, long clock, long shift, long keptUntil) {
        this.state = state;
        this.clock = clock;
        this.shift = shift;
        this.keptUntil = keptUntil;
    }

    /** Of two cells of one topic that went apart; the mark is of a new history. */
    static TopicCell merged(TopicCell one, TopicCell other, long mark) {
        return new TopicCell(
                CellState.merged(unbounded(), one.state, other.state, mark),
                Math.max(one.clock, other.clock),
                Math.max(one.shift, other.shift),
                Math.max(one.keptUntil, other.keptUntil));
    }

    private static Capacity unbounded() {
        return new Capacity(Long.MAX_VALUE);
    }

    CellState state() {
        return state;
    }

    /** Before a change: what the time is here, by the cluster's time. */
    long advance(long clusterTime) {
        shift = Math.max(shift, clock - clusterTime);
        clock = clusterTime + shift;
        return clock;
    }

    /** For a read. */
    long timeAt(long clusterTime) {
        return Math.max(clock, clusterTime + shift);
    }

    /** Somebody touched, left or reset: the cell is kept for one TTL and a minute (G1). */
    void keep() {
        keepUntil(clock + state.ttl() + GRACE_MILLIS);
    }

    /** Somebody watches: looking keeps nobody's presence, only the history and what it rests on. */
    void keepHistory() {
        keepUntil(clock + CellState.WATCHED_MILLIS);
    }

    private void keepUntil(long time) {
        keptUntil = Math.max(keptUntil, time);
    }

    /** For how long the cell is to be kept from then on. */
    long lifeMillisAt(long clusterTime) {
        return keptUntil - timeAt(clusterTime);
    }

    @Override
    public int getFactoryId() {
        return Serials.FACTORY;
    }

    @Override
    public int getClassId() {
        return Serials.TOPIC_CELL;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(clock);
        out.writeLong(shift);
        out.writeLong(keptUntil);
        state.write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        clock = in.readLong();
        shift = in.readLong();
        keptUntil = in.readLong();
        state = CellState.read(unbounded(), in);
    }
}
