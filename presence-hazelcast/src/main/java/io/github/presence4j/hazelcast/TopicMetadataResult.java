package io.github.presence4j.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.github.presence4j.sharding.Generation;
import io.github.presence4j.sharding.TopicMetadata;
import java.io.IOException;

/**
 * The result of a read of the metadata: the generation, whether a reset began it, and the TTL; or that there is no
 * metadata.
 */
final class TopicMetadataResult implements DeadlineProcessor.Answer, IdentifiedDataSerializable {
    private long generation;
    private boolean begunByReset;
    private long ttl;
    private boolean late;
    private OwnerTime at = OwnerTime.NONE;

    TopicMetadataResult(long generation, boolean begunByReset, long ttl) {
        this.generation = generation;
        this.begunByReset = begunByReset;
        this.ttl = ttl;
    }

    /** No metadata exists. Also used for deserialisation. */
    TopicMetadataResult() {
        this(0, false, TopicMetadata.State.NONE);
    }

    /** Returns the answer to a change after its deadline: nothing was done. */
    static TopicMetadataResult late() {
        TopicMetadataResult answer = new TopicMetadataResult();
        answer.late = true;
        return answer;
    }

    /** Sets the time at which the owner decided. */
    TopicMetadataResult at(OwnerTime time) {
        at = time;
        return this;
    }

    @Override
    public OwnerTime at() {
        return at;
    }

    @Override
    public boolean isLate() {
        return late;
    }

    boolean isNone() {
        return ttl == TopicMetadata.State.NONE;
    }

    /** A reset ends the cells of the generation before, so nothing in them is later than it. */
    TopicMetadata.State state() {
        Generation told = isNone()
                ? Generation.FIRST
                : new Generation(Long.toHexString(generation), begunByReset ? Generation.NO_CUTOFF : 0);
        return new TopicMetadata.State(told, ttl);
    }

    @Override
    public int getFactoryId() {
        return PresenceDataSerializerHook.FACTORY;
    }

    @Override
    public int getClassId() {
        return PresenceDataSerializerHook.HOME_ANSWER;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(generation);
        out.writeBoolean(begunByReset);
        out.writeLong(ttl);
        out.writeBoolean(late);
        at.write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        generation = in.readLong();
        begunByReset = in.readBoolean();
        ttl = in.readLong();
        late = in.readBoolean();
        at = OwnerTime.read(in);
    }
}
