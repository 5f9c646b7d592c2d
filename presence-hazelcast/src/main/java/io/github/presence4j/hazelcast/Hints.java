package io.github.presence4j.hazelcast;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.topic.ITopic;
import io.github.presence4j.Subscription;
import io.github.presence4j.spi.TopicId;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;

/**
 * Who wants to know that something happened in a topic: one Hazelcast topic per namespace, whose messages are names of topics and
 * may be lost. Whatever happens to the cluster or to the way to it is a hint for everybody.
 */
final class Hints {
    private final HazelcastInstance hazelcast;
    private final Function<TopicId, String> space;
    private final Map<TopicId, Set<Hint>> topics = new ConcurrentHashMap<>();
    private final Map<String, UUID> listening = new ConcurrentHashMap<>();
    private final UUID membership;
    private final UUID lifecycle;

    /** Compared by identity, so that equal runnables are two subscriptions. */
    private static final class Hint {
        final Runnable wake;

        Hint(Runnable wake) {
            this.wake = wake;
        }
    }

    /** {@code space} names the namespace of a topic as Hazelcast knows it. */
    Hints(HazelcastInstance hazelcast, Function<TopicId, String> space) {
        this.hazelcast = hazelcast;
        this.space = space;
        this.membership = hazelcast.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberAdded(MembershipEvent event) {
                wakeAll();
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                wakeAll();
            }
        });
        LifecycleListener onState = Hints.this::changed;
        this.lifecycle = hazelcast.getLifecycleService().addLifecycleListener(onState);
    }

    private void changed(LifecycleEvent event) {
        wakeAll();
    }

    Subscription add(TopicId id, Runnable wake) {
        Hint hint = new Hint(wake);
        topics.compute(id, (key, hints) -> {
            Set<Hint> all = hints == null ? new CopyOnWriteArraySet<>() : hints;
            all.add(hint);
            return all;
        });
        listening.computeIfAbsent(space.apply(id), name -> listen(name, id.namespace()));
        return () -> remove(id, hint);
    }

    private UUID listen(String name, String namespace) {
        ITopic<String> channel = hazelcast.getTopic(name);
        return channel.addMessageListener(message -> wake(new TopicId(namespace, message.getMessageObject())));
    }

    @SuppressWarnings("NullAway") // null is how computeIfPresent removes the entry
    private void remove(TopicId id, Hint hint) {
        topics.computeIfPresent(id, (key, hints) -> {
            hints.remove(hint);
            return hints.isEmpty() ? null : hints;
        });
    }

    /** Tells all nodes, this one too. */
    void publish(TopicId id) {
        ITopic<String> channel = hazelcast.getTopic(space.apply(id));
        channel.publishAsync(id.name());
    }

    private void wake(TopicId id) {
        Set<Hint> hints = topics.get(id);
        if (hints != null) {
            hints.forEach(hint -> hint.wake.run());
        }
    }

    private void wakeAll() {
        topics.keySet().forEach(this::wake);
    }

    /** Of a Hazelcast that is shut down there is nothing to end. */
    void close() {
        topics.clear();
        if (hazelcast.getLifecycleService().isRunning()) {
            listening.forEach((name, id) -> hazelcast.getTopic(name).removeMessageListener(id));
            hazelcast.getCluster().removeMembershipListener(membership);
            hazelcast.getLifecycleService().removeLifecycleListener(lifecycle);
        }
    }
}
