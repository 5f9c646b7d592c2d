package io.github.presence4j.hazelcast;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.topic.ITopic;
import io.github.presence4j.Subscription;
import io.github.presence4j.cell.Wakeups;
import io.github.presence4j.spi.TopicId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who wants to know that something happened in a topic: one Hazelcast topic per namespace, whose messages are names of topics and
 * may be lost. Whatever happens to the cluster or to the way to it is a hint for everybody.
 */
final class Hints {
    private final HazelcastInstance hazelcast;
    private final Wakeups wakeups = new Wakeups();
    private final Map<String, UUID> listening = new ConcurrentHashMap<>();
    private final UUID membership;
    private final UUID lifecycle;

    Hints(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
        this.membership = hazelcast.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberAdded(MembershipEvent event) {
                wakeups.wakeAll();
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                wakeups.wakeAll();
            }
        });
        LifecycleListener onState = event -> wakeups.wakeAll();
        this.lifecycle = hazelcast.getLifecycleService().addLifecycleListener(onState);
    }

    Subscription add(TopicId id, Runnable wake) {
        Subscription hints = wakeups.add(id, wake);
        listening.computeIfAbsent(Place.space(id), name -> listen(name, id.namespace()));
        return hints;
    }

    private UUID listen(String name, String namespace) {
        ITopic<String> channel = hazelcast.getTopic(name);
        return channel.addMessageListener(message -> wakeups.wake(new TopicId(namespace, message.getMessageObject())));
    }

    /** Tells all nodes, this one too. */
    void publish(TopicId id) {
        ITopic<String> channel = hazelcast.getTopic(Place.space(id));
        channel.publishAsync(id.name());
    }

    /** Of a Hazelcast that is shut down there is nothing to end. */
    void close() {
        wakeups.clear();
        if (hazelcast.getLifecycleService().isRunning()) {
            listening.forEach((name, id) -> hazelcast.getTopic(name).removeMessageListener(id));
            hazelcast.getCluster().removeMembershipListener(membership);
            hazelcast.getLifecycleService().removeLifecycleListener(lifecycle);
        }
    }
}
