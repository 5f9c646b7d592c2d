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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The entry processor that reads or changes a topic's metadata. It runs with every call, so it mostly writes nothing: the
 * metadata is kept a little longer than necessary, and the backups are updated only now and then.
 */
final class TopicMetadataProcessor
        implements DeadlineProcessor<TopicMetadataValue, TopicMetadataResult>,
                HazelcastInstanceAware,
                IdentifiedDataSerializable {
    private static final long serialVersionUID = 1;

    private Kind kind;
    private long callersTtl;
    /** The next generation, if one begins. */
    private long random;
    /** The generation to finish. */
    private String over;
    /** The deadline by the clock of the owner, in microseconds. */
    private long deadline = NEVER;

    private transient @Nullable TopicMetadataBackupProcessor copy;
    private transient @Nullable HazelcastInstance member;

    enum Kind {
        LOOK,
        KEEP,
        RECORD,
        WATCH,
        RESET,
        FINISH
    }

    private TopicMetadataProcessor(Kind kind, long callersTtl, long random, String over) {
        this.kind = kind;
        this.callersTtl = callersTtl;
        this.random = random;
        this.over = over;
    }

    /** For deserialisation. */
    TopicMetadataProcessor() {
        this(Kind.LOOK, 0, 0, "");
    }

    static TopicMetadataProcessor of(Kind kind, long callersTtl, String over) {
        return new TopicMetadataProcessor(
                kind, callersTtl, ThreadLocalRandom.current().nextLong(), over);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        member = instance;
    }

    @Override
    public void due(long deadlineMicros) {
        deadline = kind == Kind.LOOK ? NEVER : deadlineMicros;
    }

    /** Of a reset the answer is what was before it. */
    @Override
    public TopicMetadataResult process(Map.Entry<String, TopicMetadataValue> entry) {
        copy = null;
        OwnerTime at = OwnerTime.of(Objects.requireNonNull(member));
        TopicMetadataResult answer = at.micros() > deadline
                ? TopicMetadataResult.late()
                : decide(entry, TimeUnit.MICROSECONDS.toMillis(at.micros()));
        return answer.at(at);
    }

    private TopicMetadataResult decide(Map.Entry<String, TopicMetadataValue> entry, long now) {
        TopicMetadataValue there = entry.getValue();
        boolean makes = kind == Kind.KEEP || kind == Kind.RECORD || kind == Kind.WATCH;
        if (there == null && !makes) {
            return new TopicMetadataResult();
        }
        TopicMetadataValue metadata = there == null ? new TopicMetadataValue(random, callersTtl) : there;
        TopicMetadataResult before = metadata.answer();
        if (change(metadata, now)) {
            long seconds = StoreClock.entrySeconds(metadata.lifeMillisAt(now));
            ((ExtendedMapEntry<String, TopicMetadataValue>) entry).setValue(metadata, seconds, TimeUnit.SECONDS);
            copy = new TopicMetadataBackupProcessor(metadata.copy(), seconds);
        }
        return before;
    }

    private boolean change(TopicMetadataValue metadata, long now) {
        return switch (kind) {
            case LOOK -> false;
            case KEEP -> metadata.keep(now);
            case RECORD -> {
                boolean recorded = metadata.record(callersTtl);
                yield metadata.keep(now) || recorded;
            }
            case WATCH -> metadata.keepHistory(now);
            case RESET -> reset(metadata, now);
            case FINISH -> metadata.answer().state().generation().id().equals(over) && reset(metadata, now);
        };
    }

    private boolean reset(TopicMetadataValue metadata, long now) {
        metadata.beginGeneration(random);
        metadata.keep(now);
        return true;
    }

    @Override
    public @Nullable EntryProcessor<String, TopicMetadataValue, TopicMetadataResult> getBackupProcessor() {
        return copy;
    }

    @Override
    public int getFactoryId() {
        return PresenceDataSerializerHook.FACTORY;
    }

    @Override
    public int getClassId() {
        return PresenceDataSerializerHook.VISIT;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(kind.name());
        out.writeLong(callersTtl);
        out.writeLong(random);
        out.writeString(over);
        out.writeLong(deadline);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        kind = Kind.valueOf(in.readString());
        callersTtl = in.readLong();
        random = in.readLong();
        over = in.readString();
        deadline = in.readLong();
    }
}
