package io.github.presence4j.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a client's first connection. After the timeout the client is used without one, and keeps trying. */
final class InitialConnection implements LifecycleListener {
    private final CountDownLatch connected = new CountDownLatch(1);

    private InitialConnection() {}

    static HazelcastInstance client(ClientConfig config, Duration patience) {
        InitialConnection arrival = new InitialConnection();
        config.addListenerConfig(new ListenerConfig(arrival));
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        arrival.await(patience);
        return client;
    }

    private void await(Duration patience) {
        try {
            boolean inTime = connected.await(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (!inTime) {
                System.getLogger(InitialConnection.class.getName())
                        .log(System.Logger.Level.WARNING, "No Hazelcast cluster within " + patience + "; still trying");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stateChanged(LifecycleEvent event) {
        if (event.getState() == LifecycleEvent.LifecycleState.CLIENT_CONNECTED) {
            connected.countDown();
        }
    }
}
