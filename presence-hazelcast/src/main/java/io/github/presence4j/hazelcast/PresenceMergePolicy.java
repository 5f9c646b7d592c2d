package io.github.presence4j.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Merges the two cells of a topic after a network split. The merged cell holds the members of both, with the later
 * last-seen time. Its log starts empty, so that watchers of both sides resynchronise (W5).
 */
final class PresenceMergePolicy implements SplitBrainMergePolicy<StoredValue, MergingValue<StoredValue>, StoredValue> {

    /** Called by Hazelcast. */
    PresenceMergePolicy() {}

    @Override
    public @Nullable StoredValue merge(MergingValue<StoredValue> merging, MergingValue<StoredValue> existing) {
        StoredValue ours = existing == null ? null : existing.getDeserializedValue();
        StoredValue theirs = merging.getDeserializedValue();
        long mark = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        return theirs == null ? ours : ours == null ? theirs : ours.mergedWith(theirs, mark);
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}
