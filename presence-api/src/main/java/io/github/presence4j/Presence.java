package io.github.presence4j;

import io.github.presence4j.spi.BackendProperties;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.PresenceStoreProvider;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The entry point of the framework: it knows which members are present in which topic. An application
 * opens one per store and keeps it open as long as it runs. Thread-safe.
 *
 * <pre>{@code
 * try (Presence presence = Presence.open(PresenceConfig.defaults())) {
 *     PresenceTopic live = presence.topic("crm_navbar:live_users");
 *     live.touch("42");
 *     live.isLive("42"); // true for 5 minutes
 * }
 * }</pre>
 */
public final class Presence implements AutoCloseable {
    private static final int LOOP_THREADS = 2;

    private final PresenceConfig config;
    private final PresenceStore store;
    private final boolean ownsStore;
    private final CallDeadlines calls;
    private final SingleCalls singles;
    private final ScheduledThreadPoolExecutor timer;
    private final @Nullable ListenerThreads ownListenerThreads;
    private final WatchRegistry watches;
    private final Leases leases;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Presence(PresenceConfig config, PresenceStore store, boolean ownsStore) {
        this.config = config;
        this.store = store;
        this.ownsStore = ownsStore;
        this.calls = new CallDeadlines(store.name(), config.timeout());
        this.singles = SingleCalls.of(store, calls);
        this.timer = new ScheduledThreadPoolExecutor(
                LOOP_THREADS, daemons("presence-loop-"), new ThreadPoolExecutor.DiscardPolicy());
        this.timer.setRemoveOnCancelPolicy(true);
        this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.ownListenerThreads =
                config.listenerExecutor().isPresent() ? null : new ListenerThreads(daemons("presence-listener-"));
        Executor listenerThreads = ownListenerThreads != null
                ? ownListenerThreads
                : config.listenerExecutor().orElseThrow();
        this.watches = new WatchRegistry(config, timer, listenerThreads);
        this.leases = new Leases(timer, listenerThreads);
    }

    /**
     * Opens presence on a backend of the class path. {@link PresenceConfig#backend} selects the backend, else {@code
     * -Dpresence.backend}, else {@code PRESENCE_BACKEND}. Without any of them, the class path must have exactly one. Some
     * backends connect here, others at the first call.
     *
     * @param config the configuration
     * @return presence on a store of its own, which {@link #close} closes
     * @throws PresenceConfigurationException if no backend can be chosen, or one of its properties is unknown or wrong; the
     *     message lists what was found
     * @throws PresenceException if the backend's client cannot be created
     */
    public static Presence open(PresenceConfig config) {
        PresenceStoreProvider provider = BackendSelector.choose(config);
        BackendProperties properties = BackendProperties.of(provider, config.properties());
        return new Presence(config, provider.create(config, properties), true);
    }

    /**
     * Opens presence on a store that the application made, for example with its own client. Makes no call to a server.
     *
     * @param store the store; the application closes it itself, after this {@link Presence}
     * @param config the configuration; {@code backend} and the properties of backends are not used
     * @return presence on that store
     */
    public static Presence using(PresenceStore store, PresenceConfig config) {
        return new Presence(config, store, false);
    }

    /**
     * Returns a topic with the configured TTL. Makes no call to the store: a topic exists from its first touch on. O(1).
     *
     * @param name the topic's name, 1 to 512 bytes of UTF-8, any characters
     * @return the topic; may be kept or requested for each use
     * @throws IllegalArgumentException if the name is empty, too long or has an unpaired surrogate
     * @throws IllegalStateException if this {@link Presence} is closed
     */
    public PresenceTopic topic(String name) {
        return topic(name, config.ttl());
    }

    /**
     * Returns a topic with a TTL of its own. The store applies the TTL of the last touch to the whole topic. So all processes
     * that touch one topic should use the same one. Makes no call to the store.
     *
     * @param name the topic's name, 1 to 512 bytes of UTF-8, any characters
     * @param ttl how long a session is live after its last touch, 1 ms to 365 days in whole milliseconds
     * @return the topic; may be kept or requested for each use
     * @throws IllegalArgumentException if the name is empty, too long or has an unpaired surrogate; if the TTL is out of bounds
     * @throws IllegalStateException if this {@link Presence} is closed
     */
    public PresenceTopic topic(String name, Duration ttl) {
        calls.requireOpen();
        TopicId id = new TopicId(config.namespace(), ArgumentChecks.name("name", name));
        Topic topic = new Topic(id, ArgumentChecks.ttl("ttl", ttl), null);
        return new PresenceTopic(new TopicCalls(calls, store, singles, topic), watches, leases);
    }

    /**
     * Ends watches, leases and calls under way, and closes the store if {@link #open} made it. Held sessions leave, if the
     * store answers within the timeout. Later calls of topics throw {@link IllegalStateException}; a second close does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        watches.close();
        leases.close();
        calls.close();
        timer.shutdown();
        if (ownListenerThreads != null) {
            ownListenerThreads.shutdown();
        }
        if (ownsStore) {
            store.close();
        }
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
