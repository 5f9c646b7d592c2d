package io.github.presence4j.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * After a split both sides have a cell of their own: the merged one holds who is in either, seen when the side that saw them last
 * did. Its history begins anew, so that watchers of both sides compare (W5).
 */
final class NewestWins implements SplitBrainMergePolicy<Stored, MergingValue<Stored>, Stored> {

    /** Called by Hazelcast. */
    NewestWins() {}

    @Override
    public @Nullable Stored merge(MergingValue<Stored> merging, MergingValue<Stored> existing) {
        Stored ours = existing == null ? null : existing.getDeserializedValue();
        Stored theirs = merging.getDeserializedValue();
        long mark = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        return theirs == null ? ours : ours == null ? theirs : ours.mergedWith(theirs, mark);
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}
