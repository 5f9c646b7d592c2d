package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entry processor that reads the time of an owner. Changes nothing. */
final class ReadClock
        implements EntryProcessor<String, StoredValue, ReadClock.Answer>,
                HazelcastInstanceAware,
                IdentifiedDataSerializable {
    private static final long serialVersionUID = 1;

    private transient @Nullable HazelcastInstance member;

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        member = instance;
    }

    @Override
    public Answer process(Map.Entry<String, StoredValue> entry) {
        return new Answer(OwnerTime.of(Objects.requireNonNull(member)));
    }

    @Override
    public @Nullable EntryProcessor<String, StoredValue, Answer> getBackupProcessor() {
        return null;
    }

    @Override
    public int getFactoryId() {
        return PresenceDataSerializerHook.FACTORY;
    }

    @Override
    public int getClassId() {
        return PresenceDataSerializerHook.READ_CLOCK;
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}

    /** The answer: the time of the owner. */
    static final class Answer implements IdentifiedDataSerializable {
        private OwnerTime time;

        Answer(OwnerTime time) {
            this.time = time;
        }

        /** For deserialisation. */
        Answer() {
            this(OwnerTime.NONE);
        }

        OwnerTime time() {
            return time;
        }

        @Override
        public int getFactoryId() {
            return PresenceDataSerializerHook.FACTORY;
        }

        @Override
        public int getClassId() {
            return PresenceDataSerializerHook.CLOCK_ANSWER;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            time.write(out);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            time = OwnerTime.read(in);
        }
    }
}
