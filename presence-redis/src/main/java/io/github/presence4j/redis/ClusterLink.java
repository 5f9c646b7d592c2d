package io.github.presence4j.redis;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A Redis Cluster. Hints come by plain pub/sub, which reaches every node, whichever this one listens to. */
final class ClusterLink implements Link {
    private final Opened<StatefulRedisClusterConnection<String, String>> primary;
    private final @Nullable Opened<StatefulRedisClusterConnection<String, String>> listings;
    private final Opened<StatefulRedisClusterPubSubConnection<String, String>> hints;

    ClusterLink(RedisClusterClient client, @Nullable ReadFrom readFrom) {
        primary = new Opened<>(
                () -> client.refreshPartitionsAsync().thenCompose(done -> client.connectAsync(StringCodec.UTF8)));
        hints = new Opened<>(
                () -> client.refreshPartitionsAsync().thenCompose(done -> client.connectPubSubAsync(StringCodec.UTF8)));
        listings = readFrom == null
                ? null
                : new Opened<>(() -> client.refreshPartitionsAsync()
                        .thenCompose(done -> client.connectAsync(StringCodec.UTF8))
                        .thenApply(connection -> {
                            connection.setReadFrom(readFrom);
                            return connection;
                        }));
    }

    @Override
    public CompletionStage<RedisClusterAsyncCommands<String, String>> primary() {
        return primary.get().thenApply(StatefulRedisClusterConnection::async);
    }

    @Override
    public CompletionStage<RedisClusterAsyncCommands<String, String>> listings() {
        return listings == null ? primary() : listings.get().thenApply(StatefulRedisClusterConnection::async);
    }

    @Override
    public CompletionStage<StatefulRedisPubSubConnection<String, String>> hints() {
        return hints.get().thenApply(connection -> connection);
    }

    @Override
    public List<CompletableFuture<@Nullable Void>> close() {
        return listings == null
                ? List.of(primary.close(), hints.close())
                : List.of(primary.close(), hints.close(), listings.close());
    }
}
