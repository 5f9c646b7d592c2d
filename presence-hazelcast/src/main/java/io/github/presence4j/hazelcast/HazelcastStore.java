package io.github.presence4j.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.Subscription;
import io.github.presence4j.sharding.GenerationCache;
import io.github.presence4j.sharding.ShardedTopic;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Presence on a Hazelcast cluster of version 5.5 or later, as a member of it or as its client. Thread-safe.
 *
 * <p>A topic is one object on the member that owns it, with a copy on another one. Every operation is one message to the owner,
 * which decides by the cluster's time. A very large topic can be {@linkplain Builder#topicShards split}. Large bulk calls are
 * cut into parts, so that none keeps the owner busy for longer than about a millisecond. The members need this module on their
 * class path. {@code docs/hazelcast-layout.md} describes what is kept.
 *
 * <pre>{@code
 * HazelcastStore store = HazelcastStore.builder().instance(hazelcast).build();
 * Presence presence = Presence.using(store, PresenceConfig.defaults());
 * }</pre>
 */
public final class HazelcastStore implements PresenceStore {
    private static final int SLOTS = 2;

    private final HazelcastInstance hazelcast;
    private final boolean own;
    private final StoreThreads threads = new StoreThreads();
    private final ProxyFactory proxies;
    private final HazelcastChangeSignals signals;
    private final EntryProcessorClient owners;
    private final int shards;
    private final Duration timeout;
    private final GenerationCache generations = new GenerationCache();
    private volatile boolean closed;

    private HazelcastStore(HazelcastInstance hazelcast, Builder settings, MapSetup setup) {
        this.hazelcast = hazelcast;
        this.own = settings.instance == null;
        this.shards = settings.topicShards;
        this.timeout = settings.timeout;
        this.proxies = new ProxyFactory(hazelcast);
        try {
            setup.begin(threads.background(), settings.timeout);
            this.owners = new EntryProcessorClient(hazelcast, proxies, threads, setup, settings.timeout);
            this.signals = new HazelcastChangeSignals(hazelcast, proxies, threads);
        } catch (RuntimeException e) {
            threads.close();
            throw HazelcastErrors.translate(e);
        }
    }

    /** {@return a new builder that holds the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return HazelcastStoreProvider.NAME;
    }

    @Override
    public TopicStore topic(Topic topic) {
        return shards == 1
                ? HazelcastTopic.of(owners, signals, topic)
                : new ShardedTopic(
                        topic,
                        shards,
                        new HazelcastTopicMetadata(owners, signals, topic, shards),
                        generations,
                        new HazelcastShards(owners, signals, topic, shards));
    }

    @Override
    public Subscription onChange(TopicId topic, ChangeListener listener) {
        return signals.add(topic, listener);
    }

    HazelcastChangeSignals signals() {
        return signals;
    }

    @Override
    public int batchSlots() {
        return SLOTS;
    }

    /**
     * {@inheritDoc} Shuts down the member or client if the store made it. That takes a second or so if partitions have to move.
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            owners.close();
            signals.close();
            threads.close();
            proxies.close();
            if (own) {
                threads.awaitBackground(timeout.plusSeconds(1));
                hazelcast.shutdown();
            }
        }
    }

    /** Collects the settings of a {@link HazelcastStore}. Not thread-safe. */
    public static final class Builder {
        static final int MAX_SHARDS = 256;
        static final int MAX_BACKUPS = 6;
        private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

        private @Nullable HazelcastInstance instance;
        private String clusterName = "presence4j";
        private List<String> members = List.of();
        private int port = 5701;
        private boolean client;
        private int backups = 1;
        private int topicShards = 1;
        private Duration timeout = Duration.ofSeconds(2);

        private Builder() {}

        /**
         * Uses the application's own member or client, and never shuts it down. A client's members need this module. Adds the
         * configuration of the maps {@code presence4j:*} to the cluster.
         *
         * @param instance the member or client
         * @return this builder
         */
        public Builder instance(HazelcastInstance instance) {
            this.instance = Objects.requireNonNull(instance, "instance");
            return this;
        }

        /**
         * Sets the name of the cluster to form or join, {@code presence4j} by default.
         *
         * @param clusterName the name of the cluster
         * @return this builder
         */
        public Builder clusterName(String clusterName) {
            this.clusterName = Objects.requireNonNull(clusterName, "clusterName");
            return this;
        }

        /**
         * Sets the addresses of other members; none by default.
         *
         * @param members the addresses, each host or host:port; surrounding blanks are ignored
         * @return this builder
         * @throws IllegalArgumentException if an address is empty, or a port is not a number from 1 to 65535
         */
        public Builder members(List<String> members) {
            this.members = MemberAddresses.parse(members);
            return this;
        }

        /**
         * Sets the port to listen on; the next free one is taken if it is in use. 5701 by default.
         *
         * @param port the port, from 1 to 65535
         * @return this builder
         * @throws IllegalArgumentException if the port is out of bounds
         */
        public Builder port(int port) {
            this.port = HazelcastSettings.between("port", port, 1, MemberAddresses.MAX_PORT);
            return this;
        }

        /**
         * Sets whether the store is a client of the cluster rather than a member; false by default.
         *
         * @param client true for a client, false for a member
         * @return this builder
         */
        public Builder client(boolean client) {
            this.client = client;
            return this;
        }

        /**
         * Sets the number of copies besides the owner's, 1 by default. As many members may die at once without loss. All nodes
         * must use the same number.
         *
         * @param backups the number of copies, from 0 to 6
         * @return this builder
         * @throws IllegalArgumentException if the number is out of bounds
         */
        public Builder backups(int backups) {
            this.backups = HazelcastSettings.between("backups", backups, 0, MAX_BACKUPS);
            return this;
        }

        /**
         * Splits every topic into shards, which lie on different members; 1 by default. For a few topics of very many members:
         * every call costs one more message, and one on the whole topic costs one for each shard. All nodes must use the same
         * number; topics of another number of shards are other topics.
         *
         * @param topicShards the number of shards, from 1 to 256
         * @return this builder
         * @throws IllegalArgumentException if the number is out of bounds
         */
        public Builder topicShards(int topicShards) {
            this.topicShards = HazelcastSettings.between("topicShards", topicShards, 1, MAX_SHARDS);
            return this;
        }

        /**
         * Sets how long a call may take, 2 seconds by default. If {@link io.github.presence4j.PresenceConfig} has another
         * timeout, set the same here. A touch, leave or reset that reaches its member later is refused there, so that it cannot
         * take effect after its caller has seen a failure. The timeout also bounds each attempt of a client to connect. A
         * client gives up a member that does not answer for twice as long.
         *
         * @param timeout the timeout, from 1 ms to 1 hour
         * @return this builder
         * @throws IllegalArgumentException if the timeout is out of bounds
         */
        public Builder timeout(Duration timeout) {
            if (timeout.toMillis() < 1 || timeout.compareTo(MAX_TIMEOUT) > 0) {
                throw new IllegalArgumentException("timeout must be from 1 ms to 1 hour but was " + timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Makes the store. A member joins its cluster first, which takes seconds. A client waits for its cluster at most for
         * the timeout, and then keeps trying in the background.
         *
         * @return the store
         * @throws io.github.presence4j.PresenceConfigurationException if the cluster has another configuration for the maps, or
         *     Hazelcast refuses the settings
         * @throws io.github.presence4j.PresenceException if Hazelcast fails otherwise
         */
        public HazelcastStore build() {
            if (instance != null) {
                return new HazelcastStore(instance, this, MapSetup.adding(instance, backups));
            }
            HazelcastInstance opened = open();
            return new HazelcastStore(opened, this, MapSetup.none(opened));
        }

        private HazelcastInstance open() {
            try {
                return client
                        ? InitialConnection.client(HazelcastSettings.client(clusterName, members, timeout), timeout)
                        : Hazelcast.newHazelcastInstance(HazelcastSettings.member(clusterName, port, members, backups));
            } catch (RuntimeException e) {
                throw HazelcastErrors.translate(e);
            }
        }
    }
}
