package io.github.presence4j.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The entry processor that copies the metadata of the owner to a backup. If the backup repeated the request instead, it
 * could get other metadata: an entry that has expired on the owner may still exist on the backup.
 */
final class TopicMetadataBackupProcessor
        implements EntryProcessor<String, TopicMetadataValue, TopicMetadataResult>, IdentifiedDataSerializable {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // written by writeData, never by Java
    private TopicMetadataValue metadata;

    private long seconds;

    TopicMetadataBackupProcessor(TopicMetadataValue metadata, long seconds) {
        this.metadata = metadata;
        this.seconds = seconds;
    }

    /** For deserialisation. */
    TopicMetadataBackupProcessor() {
        this(new TopicMetadataValue(), 0);
    }

    @Override
    public TopicMetadataResult process(Map.Entry<String, TopicMetadataValue> entry) {
        ((ExtendedMapEntry<String, TopicMetadataValue>) entry).setValue(metadata.copy(), seconds, TimeUnit.SECONDS);
        return new TopicMetadataResult();
    }

    @Override
    public int getFactoryId() {
        return PresenceDataSerializerHook.FACTORY;
    }

    @Override
    public int getClassId() {
        return PresenceDataSerializerHook.HOME_COPY;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        metadata.writeData(out);
        out.writeLong(seconds);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        metadata = new TopicMetadataValue();
        metadata.readData(in);
        seconds = in.readLong();
    }
}
