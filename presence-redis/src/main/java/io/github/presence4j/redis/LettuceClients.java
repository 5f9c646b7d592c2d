package io.github.presence4j.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions.RefreshTrigger;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ReadOnlyCommands.ReadOnlyPredicate;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Clients that fail soon and come back soon. Lettuce's own defaults are a timeout of 60 s, an endless queue, commands that
 * wait for a link that is down, and up to 30 s between attempts to restore it.
 */
final class LettuceClients {
    private static final int REQUEST_QUEUE = 16_384;
    private static final long RECONNECT_MILLIS = 2_000;
    private static final Duration REFRESH = Duration.ofSeconds(15);

    /** Scripts count as reads on a connection that is only used for reading; on others all nodes but the primary are out. */
    private static final ReadOnlyPredicate READ_ONLY = ClientOptions.DEFAULT_READ_ONLY_COMMANDS.or(
            command -> command.getType() == CommandType.EVALSHA || command.getType() == CommandType.EVAL);

    private LettuceClients() {}

    static ClientResources resources(Duration timeout) {
        return ClientResources.builder()
                .nettyCustomizer(connections(timeout))
                .reconnectDelay(Delay.fullJitter(
                        Duration.ofMillis(10), Duration.ofMillis(RECONNECT_MILLIS), 10, TimeUnit.MILLISECONDS))
                .build();
    }

    private static NettyCustomizer connections(Duration timeout) {
        return new NettyCustomizer() {
            @Override
            public void afterChannelInitialized(Channel channel) {
                channel.pipeline()
                        .addFirst(
                                new FlushCoalescingHandler(),
                                new ResponseTimeoutHandler(timeout),
                                new FailOnDisconnectHandler());
            }
        };
    }

    static RedisClient single(ClientResources resources, RedisURI uri, Duration timeout, @Nullable Path ca) {
        bound(uri, timeout);
        RedisClient client = RedisClient.create(resources, uri);
        client.setOptions(tuned(ClientOptions.builder(), timeout, ca)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        return client;
    }

    /**
     * Commands wait for a node's connection, within the timeout: to reject them would reject the first ones to every node,
     * whose connection is only opened for them.
     */
    @SuppressWarnings("deprecation") // what Lettuce 7 has on by default has to be asked for in 6
    static RedisClusterClient cluster(
            ClientResources resources, List<RedisURI> uris, Duration timeout, @Nullable Path ca) {
        uris.forEach(uri -> bound(uri, timeout));
        RedisClusterClient client = RedisClusterClient.create(resources, uris);
        ClusterTopologyRefreshOptions refresh = ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(REFRESH)
                .enableAdaptiveRefreshTrigger(RefreshTrigger.values())
                .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                .build();
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        tuned(options, timeout, ca);
        client.setOptions(options.topologyRefreshOptions(refresh).build());
        return client;
    }

    /** What Lettuce does by itself, greetings, questions to Sentinel and looks at a cluster, would take up to 60 s. */
    private static void bound(RedisURI uri, Duration timeout) {
        uri.setTimeout(timeout);
        uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(timeout));
    }

    /** Does not wait. The connections are closed already, and the calling thread may be one of the client's own. */
    static void shutdown(AbstractRedisClient client, ClientResources resources) {
        client.shutdownAsync(0, 1, TimeUnit.SECONDS)
                .whenComplete((done, failure) -> resources.shutdown(0, 1, TimeUnit.SECONDS));
    }

    private static ClientOptions.Builder tuned(ClientOptions.Builder options, Duration timeout, @Nullable Path ca) {
        if (ca != null) {
            options.sslOptions(SslOptions.builder().trustManager(ca.toFile()).build());
        }
        return options.timeoutOptions(
                        TimeoutOptions.builder().fixedTimeout(timeout).build())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .build())
                .requestQueueSize(REQUEST_QUEUE)
                .readOnlyCommands(READ_ONLY);
    }
}
