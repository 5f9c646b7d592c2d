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
 * decision (T2). A backup begins with a new cell where the owner did: an entry that has expired on the owner may still be there on
 * the backup. The TTL of the entry only reclaims unused cells (G1), so it may be inexact and in whole seconds.
 */
final class CellUpdateProcessor
        implements DeadlineProcessor<TopicCell, CommandResult>, HazelcastInstanceAware, IdentifiedDataSerializable {
    private static final long serialVersionUID = 1;
    private static final long UNDECIDED = Long.MIN_VALUE;

    @SuppressWarnings("serial") // written by writeData, never by Java
    private CellCommand request;

    private long callersTtl;
    private long random;
    private boolean logFromStart;
    /** When the owner decided, in microseconds; on the owner itself {@link #UNDECIDED}. */
    private long decided;
    /** The deadline by the clock of the owner, in microseconds. */
    private long deadline = NEVER;
    /** For a backup: whether the owner created the cell. */
    private boolean made;

    private transient long now;
    private transient boolean changed;
    private transient @Nullable HazelcastInstance member;

    private CellUpdateProcessor(
            CellCommand request, long callersTtl, long random, boolean logFromStart, long decided, boolean made) {
        this.request = request;
        this.callersTtl = callersTtl;
        this.random = random;
        this.logFromStart = logFromStart;
        this.decided = decided;
        this.made = made;
    }

    /** For deserialisation. */
    CellUpdateProcessor() {
        this(new CellCommand.Reset(), 0, 0, false, UNDECIDED, false);
    }

    /**
     * The TTL is used while no touch has recorded one. If the cell has to be created first, its log may start with its
     * first event.
     */
    static CellUpdateProcessor of(CellCommand request, long callersTtl, boolean logFromStart) {
        long random = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        return new CellUpdateProcessor(request, callersTtl, random, logFromStart, UNDECIDED, false);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        member = instance;
    }

    @Override
    public void due(long deadlineMicros) {
        deadline = request.mayBeLate() ? NEVER : deadlineMicros;
    }

    @Override
    public CommandResult process(Map.Entry<String, TopicCell> entry) {
        if (decided != UNDECIDED) {
            now = decided;
            return apply(entry, made ? null : entry.getValue());
        }
        changed = false;
        OwnerTime at = OwnerTime.of(Objects.requireNonNull(member));
        now = at.micros();
        CommandResult outcome = now > deadline ? CommandResult.late() : decide(entry);
        return outcome.at(at);
    }

    private CommandResult decide(Map.Entry<String, TopicCell> entry) {
        TopicCell cell = entry.getValue();
        if (cell == null && !request.createsCell()) {
            return CommandResult.of(Set.of());
        }
        if (cell != null && cell.isStale() && !request.allowedWhenStale()) {
            return CommandResult.over();
        }
        made = cell == null;
        changed = true;
        return apply(entry, cell);
    }

    private CommandResult apply(Map.Entry<String, TopicCell> entry, @Nullable TopicCell there) {
        TopicCell cell = there == null ? new TopicCell(callersTtl, random) : there;
        long time = cell.advance(now);
        if (logFromStart && there == null) {
            cell.state().keepHistory(time);
        }
        CommandResult outcome = request.apply(cell, time, random);
        long seconds = StoreClock.entrySeconds(cell.lifeMillisAt(TimeUnit.MICROSECONDS.toMillis(now)));
        ((ExtendedMapEntry<String, TopicCell>) entry).setValue(cell, seconds, TimeUnit.SECONDS);
        return cell.state().takeChanged() && cell.state().isWatched() ? outcome.withHint() : outcome;
    }

    @Override
    public @Nullable EntryProcessor<String, TopicCell, CommandResult> getBackupProcessor() {
        return changed ? new CellUpdateProcessor(request, callersTtl, random, logFromStart, now, made) : null;
    }

    @Override
    public int getFactoryId() {
        return PresenceDataSerializerHook.FACTORY;
    }

    @Override
    public int getClassId() {
        return PresenceDataSerializerHook.CHANGE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(callersTtl);
        out.writeLong(random);
        out.writeBoolean(logFromStart);
        out.writeLong(decided);
        out.writeLong(deadline);
        out.writeBoolean(made);
        request.write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        callersTtl = in.readLong();
        random = in.readLong();
        logFromStart = in.readBoolean();
        decided = in.readLong();
        deadline = in.readLong();
        made = in.readBoolean();
        request = CellCommand.read(in);
    }
}
