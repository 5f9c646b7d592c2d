package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Changes a cell where it lies: the owner reads the clock once and decides, the backups are handed that time and come to the same
 * decision (T2). The entry's own TTL only reclaims cells that nobody comes to any more (G1), so that it is in whole seconds and
 * inexact does not matter.
 */
final class Change
        implements EntryProcessor<String, TopicCell, Outcome>, HazelcastInstanceAware, IdentifiedDataSerializable {
    private static final long serialVersionUID = 1;
    private static final long UNDECIDED = Long.MIN_VALUE;

    @SuppressWarnings("serial") // written by writeData, never by Java
    private Request request;

    private long callersTtl;
    private long random;
    private boolean toldFromBirth;
    /** When the owner decided, in microseconds; on the owner itself {@link #UNDECIDED}. */
    private long decided;

    private transient long now;
    private transient @Nullable HazelcastInstance member;

    private Change(Request request, long callersTtl, long random, boolean toldFromBirth, long decided) {
        this.request = request;
        this.callersTtl = callersTtl;
        this.random = random;
        this.toldFromBirth = toldFromBirth;
        this.decided = decided;
    }

    /** To be read. */
    Change() {
        this(new Request.Resetting(), 0, 0, false, UNDECIDED);
    }

    /** The TTL is used while no touch has recorded one; a cell that has to be made first is told of from its birth if need be. */
    static Change of(Request request, long callersTtl, boolean toldFromBirth) {
        long random = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        return new Change(request, callersTtl, random, toldFromBirth, UNDECIDED);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        member = instance;
    }

    @Override
    public Outcome process(Map.Entry<String, TopicCell> entry) {
        now = decided == UNDECIDED
                ? StoreClock.of(Objects.requireNonNull(member)).micros()
                : decided;
        TopicCell cell = entry.getValue();
        if (cell == null) {
            if (!request.makesCell()) {
                return Outcome.of(Set.of());
            }
            cell = new TopicCell(callersTtl, random);
        } else if (cell.isOver() && !request.suitsOver()) {
            return Outcome.over();
        }
        long time = cell.advance(now);
        if (toldFromBirth && entry.getValue() == null) {
            cell.state().keepHistory(time);
        }
        Outcome outcome = request.apply(cell, time, random);
        long seconds = TimeUnit.MILLISECONDS.toSeconds(cell.lifeMillisAt(TimeUnit.MICROSECONDS.toMillis(now)))
                + StoreClock.APART_SECONDS;
        ((ExtendedMapEntry<String, TopicCell>) entry).setValue(cell, seconds, TimeUnit.SECONDS);
        return cell.state().takeChanged() && cell.state().isWatched() ? outcome.withHint() : outcome;
    }

    @Override
    public @Nullable EntryProcessor<String, TopicCell, Outcome> getBackupProcessor() {
        return decided == UNDECIDED ? new Change(request, callersTtl, random, toldFromBirth, now) : null;
    }

    @Override
    public int getFactoryId() {
        return Serials.FACTORY;
    }

    @Override
    public int getClassId() {
        return Serials.CHANGE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(callersTtl);
        out.writeLong(random);
        out.writeBoolean(toldFromBirth);
        out.writeLong(decided);
        request.write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        callersTtl = in.readLong();
        random = in.readLong();
        toldFromBirth = in.readBoolean();
        decided = in.readLong();
        request = Request.read(in);
    }
}
