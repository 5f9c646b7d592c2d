package io.github.presence4j.hazelcast;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleListener;
import io.github.presence4j.Subscription;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.ChangeListeners;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The listeners for changes of topics. There is one Hazelcast topic per namespace; its messages are names of topics and may
 * be lost. Any change of the cluster, or of the connection to it, signals all listeners. All registrations at Hazelcast end
 * with the store, whatever step failed (G5).
 */
final class HazelcastChangeSignals {
    private static final System.Logger LOG = System.getLogger(HazelcastChangeSignals.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final HazelcastInstance hazelcast;
    private final ProxyFactory proxies;
    private final StoreThreads threads;
    private final ChangeListeners<TopicId> listeners = new ChangeListeners<>();
    private final Map<String, SignalTopic> channels = new ConcurrentHashMap<>();
    private final UUID membership;
    private final UUID lifecycle;
    private volatile boolean closed;

    HazelcastChangeSignals(HazelcastInstance hazelcast, ProxyFactory proxies, StoreThreads threads) {
        this.hazelcast = hazelcast;
        this.proxies = proxies;
        this.threads = threads;
        this.membership = hazelcast.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberAdded(MembershipEvent event) {
                listeners.signalAll();
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                listeners.signalAll();
            }
        });
        LifecycleListener onState = event -> listeners.signalAll();
        this.lifecycle = hazelcast.getLifecycleService().addLifecycleListener(onState);
        threads.repeat(RETRY, () -> channels.values().forEach(SignalTopic::open));
    }

    /** Registers a listener for signals. Does not block. Does nothing after the store was closed. */
    Subscription add(TopicId id, ChangeListener listener) {
        if (closed) {
            return () -> {};
        }
        Subscription signals = listeners.add(id, listener);
        channel(id).listen();
        if (closed) {
            listeners.clear();
        }
        return signals;
    }

    private SignalTopic channel(TopicId id) {
        return channels.computeIfAbsent(
                EntryLocation.space(id),
                name -> new SignalTopic(proxies, threads.background(), name, new SignalTopic.Receiver() {
                    @Override
                    public void opened() {
                        listeners.signalAll();
                    }

                    @Override
                    public void received(String topic) {
                        listeners.signal(new TopicId(id.namespace(), topic));
                    }
                }));
    }

    /** Sends a signal to all nodes, including this one. A message that cannot be sent is lost. */
    void publish(TopicId id) {
        if (!closed) {
            channel(id).publish(id.name());
        }
    }

    /** Returns the number of listeners. */
    int size() {
        return listeners.size();
    }

    /** Of a Hazelcast that is shut down there is nothing to end. */
    void close() {
        closed = true;
        listeners.clear();
        channels.values().forEach(SignalTopic::close);
        if (hazelcast.getLifecycleService().isRunning()) {
            end(() -> hazelcast.getCluster().removeMembershipListener(membership));
            end(() -> hazelcast.getLifecycleService().removeLifecycleListener(lifecycle));
        }
    }

    private static void end(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "Hazelcast ended the listener itself", e);
        }
    }
}
