package io.github.presence4j.hazelcast;

import com.hazelcast.topic.ITopic;
import io.github.presence4j.spi.QuotedText;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The signals of one namespace: a Hazelcast topic. Its proxy and its listener are created in the background, because both
 * can block for minutes without a cluster. A step that fails is logged and repeated when {@link #open} is called again.
 * Thread-safe.
 */
final class SignalTopic {
    private static final System.Logger LOG = System.getLogger(SignalTopic.class.getName());
    private static final int MAX_PENDING = 1000;

    private final ProxyFactory proxies;
    private final Executor background;
    private final String name;
    private final Receiver receiver;
    private final AtomicBoolean working = new AtomicBoolean();
    /** The signals that wait for the proxy. */
    private final Set<String> pending = ConcurrentHashMap.newKeySet();

    private volatile boolean listens;
    private volatile boolean closed;
    private volatile @Nullable ITopic<String> proxy;
    private volatile @Nullable UUID listener;
    private volatile boolean failed;

    /** Receives the messages. */
    interface Receiver {
        /** Called when the listener has been registered. Messages may have been missed before. */
        void opened();

        void received(String message);
    }

    SignalTopic(ProxyFactory proxies, Executor background, String name, Receiver receiver) {
        this.proxies = proxies;
        this.background = background;
        this.name = name;
        this.receiver = receiver;
    }

    /** Starts to listen, in the background. */
    void listen() {
        listens = true;
        open();
    }

    /** Performs the steps that are still missing, in the background. */
    void open() {
        boolean isOpen = proxy != null && (!listens || listener != null);
        if (!isOpen && !closed && working.compareAndSet(false, true)) {
            inBackground(this::tryOpen);
        }
    }

    private void tryOpen() {
        try {
            if (!proxies.isUp()) {
                return;
            }
            ITopic<String> topic = proxies.topic(name);
            proxy = topic;
            pending.forEach(message -> publish(topic, message));
            pending.clear();
            if (listens && listener == null) {
                listener = topic.addMessageListener(message -> receiver.received(message.getMessageObject()));
                receiver.opened();
            }
            failed = false;
        } catch (RuntimeException e) {
            warn(e);
        } finally {
            working.set(false);
            if (closed) {
                end();
            }
        }
    }

    /** Logs one warning when it begins to fail. */
    private void warn(RuntimeException e) {
        if (!failed && !closed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Opening Hazelcast topic " + QuotedText.of(name) + " failed; retrying every second",
                    e);
        }
        failed = true;
    }

    /** Sends a signal, which may be lost. */
    void publish(String message) {
        ITopic<String> topic = proxy;
        if (topic != null) {
            publish(topic, message);
        } else if (!closed && pending.size() < MAX_PENDING) {
            pending.add(message);
            open();
        }
    }

    private static void publish(ITopic<String> topic, String message) {
        try {
            topic.publishAsync(message);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "A signal was lost", e);
        }
    }

    void close() {
        closed = true;
        pending.clear();
        if (listener != null) {
            inBackground(this::end);
        }
    }

    /** Removes the listener, also one whose registration was under way when the channel was closed. */
    private synchronized void end() {
        ITopic<String> topic = proxy;
        UUID id = listener;
        if (topic != null && id != null) {
            listener = null;
            try {
                topic.removeMessageListener(id);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "Hazelcast ended the listener itself", e);
            }
        }
    }

    private void inBackground(Runnable task) {
        try {
            background.execute(task);
        } catch (RejectedExecutionException e) {
            working.set(false);
        }
    }
}
