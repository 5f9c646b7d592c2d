package io.github.presence4j.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change that the owner has decided, on a backup. */
final class OnBackup implements EntryProcessor<String, TopicCell, Outcome>, IdentifiedDataSerializable {
    private static final long serialVersionUID = 1;
    private Change change;

    OnBackup(Change change) {
        this.change = change;
    }

    @Override
    public Outcome process(Map.Entry<String, TopicCell> entry) {
        return change.apply(entry);
    }

    @Override
    public @Nullable EntryProcessor<String, TopicCell, Outcome> getBackupProcessor() {
        return null;
    }

    @Override
    public int getFactoryId() {
        return Serials.FACTORY;
    }

    @Override
    public int getClassId() {
        return Serials.ON_BACKUP;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        change.writeData(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        change = new Change();
        change.readData(in);
    }
}
