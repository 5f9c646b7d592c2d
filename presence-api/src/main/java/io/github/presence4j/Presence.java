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
 * Who is here now? The way into the framework: one per application and store, thread-safe, open as long as the application.
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
     * Opens presence on the backend named by {@link PresenceConfig#backend}, else by {@code -Dpresence.backend}, else by
     * {@code PRESENCE_BACKEND}, else on the only backend on the class path.
     *
     * @param config the configuration
     * @return presence on a store of its own, which {@link #close} closes
     * @throws PresenceConfigurationException if no backend can be chosen, or a property of the backend is unknown or has a wrong
     *     value; the message lists what was found
     */
    public static Presence open(PresenceConfig config) {
        PresenceStoreProvider provider = BackendSelector.choose(config);
        BackendProperties properties = BackendProperties.of(provider, config.properties());
        return new Presence(config, provider.create(config, properties), true);
    }

    /**
     * Opens presence on a store the application made, for example with its own client.
     *
     * @param store the store; the application closes it itself, after this
     * @param config the configuration; {@code backend} and properties are not used
     * @return presence on that store
     */
    public static Presence using(PresenceStore store, PresenceConfig config) {
        return new Presence(config, store, false);
    }

    /**
     * A topic with the configured TTL. Cheap, no I/O: topics are made by touching them.
     *
     * @param name 1 to 512 bytes of UTF-8, any characters
     * @return the topic; may be kept or asked for each time
     */
    public PresenceTopic topic(String name) {
        return topic(name, config.ttl());
    }

    /**
     * A topic with a TTL of its own. The store judges a topic by the TTL of its last touch (T5), so all who touch one topic
     * should agree on it.
     *
     * @param name 1 to 512 bytes of UTF-8, any characters
     * @param ttl 1 ms to 365 days, whole milliseconds (T4)
     * @return the topic
     */
    public PresenceTopic topic(String name, Duration ttl) {
        calls.requireOpen();
        TopicId id = new TopicId(config.namespace(), ArgumentChecks.name("name", name));
        Topic topic = new Topic(id, ArgumentChecks.ttl("ttl", ttl), null);
        return new PresenceTopic(new TopicCalls(calls, store, singles, topic), watches, leases);
    }

    /**
     * Ends watches, leases and whatever is under way, and closes the store if {@link #open} made it. Idempotent; later calls
     * throw {@link IllegalStateException} (E4). What is held leaves, if the store can be told so within the timeout.
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
