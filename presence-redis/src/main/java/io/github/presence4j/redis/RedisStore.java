package io.github.presence4j.redis;

import io.github.presence4j.Subscription;
import io.github.presence4j.sharding.GenerationCache;
import io.github.presence4j.sharding.ShardedTopic;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.resource.ClientResources;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Presence in Redis 6.2 or later, or Valkey: one server, Sentinel, or Cluster. Thread-safe.
 *
 * <p>Every operation is one script and one round trip. Large bulk calls are cut into several scripts, two at a time, so that
 * none keeps the server busy for longer than about a millisecond. The server's clock decides. {@code docs/redis-layout.md}
 * describes the keys and the rights they need, {@code docs/operations/redis.md} what happens when Redis fails.
 *
 * <p>The store connects in the background as soon as it is built, and can be built while Redis is down.
 *
 * <pre>{@code
 * RedisStore store = RedisStore.builder().uri("redis://cache.example:6379").build();
 * Presence presence = Presence.using(store, PresenceConfig.defaults());
 * }</pre>
 */
public final class RedisStore implements PresenceStore {
    private static final int SLOTS = 2;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final RedisConnections link;
    private final Runnable shutdown;
    private final int shards;
    private final boolean replicasList;
    private final RedisChangeSignals signals;
    private final GenerationCache generations = new GenerationCache();
    private volatile boolean closed;

    private RedisStore(RedisConnections link, Runnable shutdown, Builder builder) {
        this.link = link;
        this.shutdown = shutdown;
        this.shards = builder.topicShards;
        this.replicasList = builder.readFrom != null;
        this.signals = new RedisChangeSignals(link);
        link.primary().connect();
        EvictionPolicy.warn(link);
    }

    /** {@return a new builder that holds the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return RedisStoreProvider.NAME;
    }

    @Override
    public TopicStore topic(Topic topic) {
        ListingSource listings = listings(topic.id());
        return shards == 1
                ? new RedisTopic(link, CellKeys.of(topic.id()), topic, listings)
                : new ShardedTopic(
                        topic,
                        shards,
                        new RedisTopicMetadata(link, topic, shards),
                        generations,
                        new RedisShards(link, topic, shards, listings));
    }

    private ListingSource listings(TopicId topic) {
        String channel = CellKeys.channel(topic);
        return new ListingSource(link, replicasList, () -> signals.isHeard(channel));
    }

    @Override
    public Subscription onChange(TopicId topic, ChangeListener listener) {
        return signals.add(CellKeys.channel(topic), listener);
    }

    @Override
    public int batchSlots() {
        return SLOTS;
    }

    /** {@inheritDoc} Closes the connections, and the client if the store made it. Waits for that at most two seconds. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            signals.close();
            link.close(CLOSE_TIMEOUT);
            shutdown.run();
        }
    }

    /** Collects the settings of a {@link RedisStore}. Not thread-safe. */
    public static final class Builder {
        static final int MAX_SHARDS = 256;

        private String uri = "redis://localhost:6379";
        private boolean cluster;
        private int topicShards = 1;
        private Duration timeout = Duration.ofSeconds(2);
        private @Nullable ReadFrom readFrom;
        private @Nullable Path caCertificate;
        private @Nullable RedisClient client;
        private @Nullable RedisURI clientUri;
        private @Nullable RedisClusterClient clusterClient;

        private Builder() {}

        /**
         * Sets the address of Redis, {@code redis://localhost:6379} by default.
         *
         * @param uri a URI of Lettuce: {@code redis://}, {@code rediss://} for TLS, {@code redis-sentinel://}; user, password,
         *     database and {@code clientName} are parts of it. Never logged. A cluster's may have several hosts, separated by
         *     commas
         * @return this builder
         */
        public Builder uri(String uri) {
            this.uri = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /**
         * Sets whether the URI is that of a Redis Cluster; false by default.
         *
         * @param cluster true for a cluster
         * @return this builder
         */
        public Builder cluster(boolean cluster) {
            this.cluster = cluster;
            return this;
        }

        /**
         * Uses the application's own client. The store opens connections on it and closes these, never the client. Its options
         * are the application's; the store's own are listed in {@code docs/operations/redis.md}.
         *
         * @param client the client
         * @param uri the address to connect it to
         * @return this builder
         */
        public Builder client(RedisClient client, RedisURI uri) {
            this.client = Objects.requireNonNull(client, "client");
            this.clientUri = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /**
         * Uses the application's own cluster client, as {@link #client(RedisClient, RedisURI)}.
         *
         * @param client the client
         * @return this builder
         */
        public Builder client(RedisClusterClient client) {
            this.clusterClient = Objects.requireNonNull(client, "client");
            return this;
        }

        /**
         * Splits every topic into shards, which a cluster spreads over its masters; 1 by default. For a few topics of very many
         * members: each shard costs every call on the whole topic one more command. All nodes must use the same number; topics
         * of another number of shards are other topics.
         *
         * @param topicShards the number of shards, from 1 to 256
         * @return this builder
         * @throws IllegalArgumentException if the number is out of bounds
         */
        public Builder topicShards(int topicShards) {
            if (topicShards < 1 || topicShards > MAX_SHARDS) {
                throw new IllegalArgumentException(
                        "topicShards must be from 1 to " + MAX_SHARDS + " but was " + topicShards);
            }
            this.topicShards = topicShards;
            return this;
        }

        /**
         * Reads counts and listings from replicas, which may lag behind. Everything else, and topics that are watched through
         * this store, are read from the primary. A client of the application's own has to count EVALSHA and EVAL among its
         * read-only commands.
         *
         * @param readFrom selects the nodes to read from
         * @return this builder
         */
        public Builder readFrom(ReadFrom readFrom) {
            this.readFrom = Objects.requireNonNull(readFrom, "readFrom");
            return this;
        }

        /**
         * Sets how long a command, or an attempt to connect, may take; 2 seconds by default.
         *
         * @param timeout a positive duration
         * @return this builder
         * @throws IllegalArgumentException if the timeout is not positive
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("timeout must be positive but was " + timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Trusts servers of this authority, where TLS is used, instead of those that Java trusts.
         *
         * @param caCertificate a PEM file
         * @return this builder
         */
        public Builder caCertificate(Path caCertificate) {
            this.caCertificate = Objects.requireNonNull(caCertificate, "caCertificate");
            return this;
        }

        /**
         * Builds the store. Returns at once; the store connects in the background.
         *
         * @return the store
         * @throws IllegalArgumentException if the URI is not one of Redis
         */
        public RedisStore build() {
            if (client != null && clientUri != null) {
                return new RedisStore(RedisConnections.single(client, clientUri, readFrom, timeout), () -> {}, this);
            }
            if (clusterClient != null) {
                return new RedisStore(RedisConnections.cluster(clusterClient, readFrom, timeout), () -> {}, this);
            }
            ClientResources resources = LettuceClients.resources(timeout);
            if (cluster) {
                List<RedisURI> uris = RedisClusterURIUtil.toRedisURIs(URI.create(uri));
                RedisClusterClient own = LettuceClients.cluster(resources, uris, timeout, caCertificate);
                return new RedisStore(
                        RedisConnections.cluster(own, readFrom, timeout),
                        () -> LettuceClients.shutdown(own, resources),
                        this);
            }
            RedisURI where = RedisURI.create(uri);
            RedisClient own = LettuceClients.single(resources, where, timeout, caCertificate);
            return new RedisStore(
                    RedisConnections.single(own, where, readFrom, timeout),
                    () -> LettuceClients.shutdown(own, resources),
                    this);
        }
    }
}
