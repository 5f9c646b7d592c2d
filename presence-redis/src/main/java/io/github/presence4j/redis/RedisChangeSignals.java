package io.github.presence4j.redis;

import io.github.presence4j.Subscription;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.ChangeListeners;
import io.github.presence4j.spi.NextChanges;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The listeners for changes of topics: a channel per topic, on one connection per store. Messages may be lost; most have the
 * changes. A completed subscription counts as a signal too, the first one and each one after a lost link.
 */
final class RedisChangeSignals extends RedisPubSubAdapter<String, String> {
    private static final long RETRY_SECONDS = 1;
    private static final long PING_SECONDS = 5;

    private final RedisConnections link;
    private final ChangeListeners<String> listeners = new ChangeListeners<>();
    private final AtomicBoolean listening = new AtomicBoolean();
    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile boolean closed;

    RedisChangeSignals(RedisConnections link) {
        this.link = link;
    }

    Subscription add(String channel, ChangeListener listener) {
        if (closed) {
            throw LazyConnection.closed();
        }
        Subscription added = listeners.add(channel, listener);
        syncSubscription(channel);
        return () -> {
            added.close();
            syncSubscription(channel);
        };
    }

    boolean isHeard(String channel) {
        return listeners.has(channel);
    }

    /** Subscribes to the channel or not, as is wanted at the moment it can be done. */
    private void syncSubscription(String channel) {
        if (closed) {
            return;
        }
        link.signals().get().whenComplete((connection, failure) -> {
            if (failure == null) {
                syncSubscription(connection, channel);
            } else {
                syncLater(channel);
            }
        });
    }

    /**
     * Subscribes or unsubscribes a channel as its listeners require. Its listeners do not change while the command is sent, so
     * these commands of a channel are in order. An UNSUBSCRIBE that failed because the link was down is sent again once Lettuce
     * has subscribed to the channel again.
     */
    private void syncSubscription(StatefulRedisPubSubConnection<String, String> connection, String channel) {
        if (listening.compareAndSet(false, true)) {
            connection.addListener(this);
            ping(connection);
        }
        listeners.whileUnchanged(channel, wanted -> {
            if (wanted) {
                connection.async().subscribe(channel).whenComplete((done, failure) -> {
                    if (failure != null) {
                        syncLater(channel);
                    }
                });
            } else {
                connection.async().unsubscribe(channel);
            }
        });
    }

    /**
     * Sends a PING, since a subscriber sends nothing else. Without it {@link ResponseTimeoutHandler} could never see a
     * missing reply. A link that is found lost signals all listeners: the watch of a quiet topic then polls at once and finds out
     * whether the store is away (W9).
     */
    private void ping(StatefulRedisPubSubConnection<String, String> connection) {
        if (closed) {
            return;
        }
        if (connection.isOpen()) {
            lost.set(false);
            connection.async().ping();
        } else if (lost.compareAndSet(false, true)) {
            listeners.signalAll();
        }
        later(() -> ping(connection), PING_SECONDS);
    }

    /** Lettuce restores what was subscribed to, not what could not be while the link was lost. */
    private void syncLater(String channel) {
        if (listeners.has(channel)) {
            later(() -> syncSubscription(channel), RETRY_SECONDS);
        }
    }

    private void later(Runnable step, long seconds) {
        try {
            link.timer().schedule(step, seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            closed = true; // The client was shut down, and with it the timer.
        }
    }

    @Override
    public void message(String channel, String message) {
        NextChanges next = SignalMessage.parse(message);
        if (next == null) {
            wake(channel);
        } else {
            listeners.signal(channel, next);
        }
    }

    @Override
    public void subscribed(String channel, long count) {
        wake(channel);
    }

    private void wake(String channel) {
        if (listeners.has(channel)) {
            listeners.signal(channel);
        } else {
            syncSubscription(channel);
        }
    }

    void close() {
        closed = true;
        listeners.clear();
    }
}
