package io.github.presence4j.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one Redis, whatever its topology.
 *
 * @param primary the connection for all writes, and for reads that must see the last write
 * @param listings the connection for listings: the primary, unless configured otherwise
 * @param signals the connection that receives signals; it subscribes again by itself after a lost link
 * @param timer the timer of the client, which ends with it and starts no other thread
 * @param forget removes the listener from the client
 */
record RedisConnections(
        CommandQueue<?> primary,
        CommandQueue<?> listings,
        LazyConnection<StatefulRedisPubSubConnection<String, String>> signals,
        ScheduledExecutorService timer,
        Runnable forget) {
    private static final System.Logger LOG = System.getLogger(RedisConnections.class.getName());

    /** Returns the link to one server, or to one master that Sentinel names, with its replicas. */
    static RedisConnections single(RedisClient client, RedisURI uri, @Nullable ReadFrom readFrom, Duration timeout) {
        ScheduledExecutorService timer = timer(client);
        LazyConnection<StatefulRedisConnection<String, String>> opened =
                new LazyConnection<>(() -> client.connectAsync(StringCodec.UTF8, uri), timer);
        CommandQueue<?> primary =
                new CommandQueue<>(opened, StatefulRedisConnection::async, CommandRouting.single(), timer, timeout);
        CommandQueue<?> listings = readFrom == null
                ? primary
                : new CommandQueue<>(
                        replicas(client, uri, readFrom),
                        StatefulRedisConnection::async,
                        CommandRouting.anywhere(),
                        timer,
                        timeout);
        Runnable forget = onLinkLost(client, connection -> {
            if (opened.isCurrent(connection)) {
                primary.linkLost();
            }
        });
        LazyConnection<StatefulRedisPubSubConnection<String, String>> signals =
                new LazyConnection<>(() -> client.connectPubSubAsync(StringCodec.UTF8, uri), timer);
        return new RedisConnections(primary, listings, signals, timer, forget);
    }

    private static LazyConnection<StatefulRedisConnection<String, String>> replicas(
            RedisClient client, RedisURI uri, ReadFrom readFrom) {
        return new LazyConnection<>(
                () -> MasterReplica.connectAsync(client, StringCodec.UTF8, uri).thenApply(connection -> {
                    connection.setReadFrom(readFrom);
                    return connection;
                }),
                timer(client));
    }

    /** A Redis Cluster. Signals use plain pub/sub, which reaches every node, so one subscription at any node is enough. */
    static RedisConnections cluster(RedisClusterClient client, @Nullable ReadFrom readFrom, Duration timeout) {
        ScheduledExecutorService timer = timer(client);
        Supplier<CompletionStage<StatefulRedisClusterConnection<String, String>>> connect =
                () -> client.refreshPartitionsAsync().thenCompose(done -> client.connectAsync(StringCodec.UTF8));
        CommandRouting<StatefulRedisClusterConnection<String, String>> routes = CommandRouting.cluster();
        CommandQueue<?> primary = new CommandQueue<>(
                new LazyConnection<>(connect, timer), StatefulRedisClusterConnection::async, routes, timer, timeout);
        CommandQueue<?> listings = readFrom == null
                ? primary
                : new CommandQueue<>(
                        new LazyConnection<>(
                                () -> connect.get().thenApply(connection -> {
                                    connection.setReadFrom(readFrom);
                                    return connection;
                                }),
                                timer),
                        StatefulRedisClusterConnection::async,
                        CommandRouting.anywhere(),
                        timer,
                        timeout);
        LazyConnection<StatefulRedisPubSubConnection<String, String>> signals = new LazyConnection<>(
                () -> client.refreshPartitionsAsync()
                        .thenCompose(done -> client.connectPubSubAsync(StringCodec.UTF8))
                        .thenApply(connection -> connection),
                timer);
        return new RedisConnections(
                primary, listings, signals, timer, onLinkLost(client, connection -> routes.linkLost()));
    }

    private static ScheduledExecutorService timer(AbstractRedisClient client) {
        return client.getResources().eventExecutorGroup();
    }

    /** Called with a connection whose link was lost. */
    private interface Loss {
        void lost(RedisChannelHandler<?, ?> connection);
    }

    /** Registers a listener for lost links. Lettuce calls it before it connects again. Returns how to remove it. */
    private static Runnable onLinkLost(AbstractRedisClient client, Loss loss) {
        RedisConnectionStateListener listener = new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                loss.lost(connection);
            }
        };
        client.addListener(listener);
        return () -> client.removeListener(listener);
    }

    /** Closes the connections, not the client. Waits for that at most {@code patience}. */
    void close(Duration patience) {
        forget.run();
        CompletableFuture<@Nullable Void> closing = CompletableFuture.allOf(
                primary.close(),
                listings == primary ? CompletableFuture.completedFuture(null) : listings.close(),
                signals.close());
        try {
            closing.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "A connection to Redis was not closed in time", e);
        }
    }
}
