package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets an entry live for as long as what it holds is to be kept by the clock of a test, and removes it where that is over. */
final class AgeProcessor implements EntryProcessor<String, StoredValue, Boolean>, HazelcastInstanceAware {
    private static final long serialVersionUID = 1;

    private transient @Nullable HazelcastInstance member;

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        member = instance;
    }

    @Override
    @SuppressWarnings("NullAway") // null is how an entry is removed
    public Boolean process(Map.Entry<String, StoredValue> entry) {
        StoredValue stored = entry.getValue();
        if (stored != null) {
            long left = stored.lifeMillisAt(
                    StoreClock.of(Objects.requireNonNull(member)).millis());
            if (left <= 0) {
                entry.setValue(null);
            } else {
                ((ExtendedMapEntry<String, StoredValue>) entry).setValue(stored, left, TimeUnit.MILLISECONDS);
            }
        }
        return true;
    }
}
