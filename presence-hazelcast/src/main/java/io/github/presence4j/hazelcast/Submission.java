package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import com.hazelcast.spi.impl.SerializationServiceSupport;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Submits to the owner of a key. On two processors or fewer a member's {@link IMap#submitToKey} starts a thread for each answer,
 * whatever executor is given to its future: the future that it wraps around the answer is completed by Hazelcast's default, and
 * so is the one that the caller's action is wrapped in. So a member's answer is taken as it comes, unwrapped.
 */
final class Submission {
    private Submission() {}

    /** The action is run by the executor, with a reply or a failure. */
    static <V, R> void submit(
            HazelcastInstance hazelcast,
            IMap<String, V> map,
            String key,
            EntryProcessor<String, V, R> processor,
            Executor executor,
            BiConsumer<@Nullable R, @Nullable Throwable> action) {
        if (map instanceof MapProxyImpl<String, V> onMember
                && hazelcast instanceof SerializationServiceSupport member) {
            if (processor instanceof HazelcastInstanceAware aware) {
                aware.setHazelcastInstance(hazelcast);
            }
            onMember.executeOnKeyInternal(key, processor)
                    .whenCompleteAsync((reply, failure) -> open(member, reply, failure, action), executor);
        } else {
            map.submitToKey(key, processor).whenCompleteAsync(action, executor);
        }
    }

    /** From another member it comes serialised. */
    private static <R> void open(
            SerializationServiceSupport member,
            @Nullable Object reply,
            @Nullable Throwable failure,
            BiConsumer<@Nullable R, @Nullable Throwable> action) {
        R opened;
        try {
            opened = member.getSerializationService().toObject(reply);
        } catch (RuntimeException e) {
            action.accept(null, e);
            return;
        }
        action.accept(opened, failure);
    }
}
