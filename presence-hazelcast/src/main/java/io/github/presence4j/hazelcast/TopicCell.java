package io.github.presence4j.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.github.presence4j.cell.Capacity;
import io.github.presence4j.cell.CellState;
import io.github.presence4j.cell.Limits;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * One topic, or one shard of it, as the map stores it. Serialised only if its partition moves.
 *
 * <p>Its clock is the cluster's, but keeps running if the cluster's is set back (T3). So a member without heartbeats still
 * expires while the cluster's clock repeats.
 */
final class TopicCell implements StoredValue {
    private CellState state;
    private long clock;
    private long shift;
    /** Until when the members and departures need the cell. */
    private long keptUntil;
    /** Until when the watchers need the cell. */
    private long historyUntil;

    private boolean over;

    TopicCell(long ttl, long mark) {
        this.state = new CellState(Capacity.unbounded(), ttl, mark);
    }

    private TopicCell(CellState state, long clock, long shift, long keptUntil, long historyUntil, boolean over) {
        this.state = state;
        this.clock = clock;
        this.shift = shift;
        this.keptUntil = keptUntil;
        this.historyUntil = historyUntil;
        this.over = over;
    }

    /** The merged log starts empty, so that watchers of both sides resynchronise (W5). */
    @Override
    public StoredValue mergedWith(StoredValue other, long mark) {
        TopicCell theirs = (TopicCell) other;
        return new TopicCell(
                CellState.merged(Capacity.unbounded(), state, theirs.state, mark),
                Math.max(clock, theirs.clock),
                Math.max(shift, theirs.shift),
                Math.max(keptUntil, theirs.keptUntil),
                Math.max(historyUntil, theirs.historyUntil),
                over || theirs.over);
    }

    CellState state() {
        return state;
    }

    /** Before a change: what the time is here in milliseconds, by the cluster's time in microseconds. */
    long advance(long clusterMicros) {
        long clusterTime = TimeUnit.MICROSECONDS.toMillis(clusterMicros);
        shift = Math.max(shift, clock - clusterTime);
        clock = clusterTime + shift;
        state.raise(clusterMicros + TimeUnit.MILLISECONDS.toMicros(shift));
        return clock;
    }

    /** For a read. */
    long timeAt(long clusterTime) {
        return Math.max(clock, clusterTime + shift);
    }

    /**
     * Keeps the cell for one TTL and 60 seconds after a touch, leave or reset (G1), even if a longer TTL was recorded before.
     */
    void keep() {
        keptUntil = clock + state.ttl() + Limits.KEPT_AFTER_TTL_MILLIS;
    }

    /** Ends the cell after a reset. It has no members any more, and keeps its undelivered events for a minute. */
    void end() {
        if (!over) {
            over = true;
            state.clear();
            keptUntil = clock + Limits.KEPT_AFTER_TTL_MILLIS;
            historyUntil = 0;
        }
    }

    boolean isStale() {
        return over;
    }

    /** Keeps the log for a watcher. Reading renews no member, only the log and what it depends on. */
    void keepHistory() {
        if (!over) {
            historyUntil = clock + Limits.WATCHED_MILLIS;
        }
    }

    @Override
    public long lifeMillisAt(long clusterTime) {
        return Math.max(keptUntil, historyUntil) - timeAt(clusterTime);
    }

    @Override
    public int getFactoryId() {
        return PresenceDataSerializerHook.FACTORY;
    }

    @Override
    public int getClassId() {
        return PresenceDataSerializerHook.TOPIC_CELL;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(clock);
        out.writeLong(shift);
        out.writeLong(keptUntil);
        out.writeLong(historyUntil);
        out.writeBoolean(over);
        state.write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        clock = in.readLong();
        shift = in.readLong();
        keptUntil = in.readLong();
        historyUntil = in.readLong();
        over = in.readBoolean();
        state = CellState.read(Capacity.unbounded(), in);
    }
}
