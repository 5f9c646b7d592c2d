package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import java.util.UUID;

/**
 * Whether there is a connection, kept up to date by Hazelcast's lifecycle events: asking Hazelcast for each call would cost more. A
 * client without a connection must not be given calls, because it repeats each of them for two minutes by default, whatever the
 * timeout of the store is. Thread-safe.
 */
final class ConnectionState implements LifecycleListener {
    private final HazelcastInstance hazelcast;
    private final Runnable onChange;
    private final UUID registration;
    private volatile boolean up;

    /** Registers for the events. The task runs after each of them; it must not block. */
    ConnectionState(HazelcastInstance hazelcast, Runnable onChange) {
        this.hazelcast = hazelcast;
        this.onChange = onChange;
        this.registration = hazelcast.getLifecycleService().addLifecycleListener(this);
        refresh();
    }

    /** Returns whether calls can be sent. True also if Hazelcast was shut down, so that calls fail at once. */
    boolean isUp() {
        return up;
    }

    @Override
    public void stateChanged(LifecycleEvent event) {
        refresh();
        onChange.run();
    }

    /** Reads the state again, instead of concluding it from the event, since an event may be outdated when it arrives. */
    private synchronized void refresh() {
        up = isUpNow();
    }

    private boolean isUpNow() {
        try {
            return !hazelcast.getLifecycleService().isRunning() || Connectivity.isUp(hazelcast);
        } catch (IllegalStateException shutDown) {
            return true;
        }
    }

    /** Ends the registration. */
    void close() {
        hazelcast.getLifecycleService().removeLifecycleListener(registration);
    }
}
