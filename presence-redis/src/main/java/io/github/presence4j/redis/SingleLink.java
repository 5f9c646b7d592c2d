package io.github.presence4j.redis;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import io.lettuce.core.masterreplica.StatefulRedisMasterReplicaConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One server, or one master that Sentinel names, with its replicas. */
final class SingleLink implements Link {
    private final Opened<StatefulRedisConnection<String, String>> primary;
    private final @Nullable Opened<StatefulRedisMasterReplicaConnection<String, String>> listings;
    private final Opened<StatefulRedisPubSubConnection<String, String>> hints;

    SingleLink(RedisClient client, RedisURI uri, @Nullable ReadFrom readFrom) {
        primary = new Opened<>(() -> client.connectAsync(StringCodec.UTF8, uri));
        hints = new Opened<>(() -> client.connectPubSubAsync(StringCodec.UTF8, uri));
        listings = readFrom == null
                ? null
                : new Opened<>(() -> MasterReplica.connectAsync(client, StringCodec.UTF8, uri)
                        .thenApply(connection -> {
                            connection.setReadFrom(readFrom);
                            return connection;
                        }));
    }

    @Override
    public CompletionStage<RedisClusterAsyncCommands<String, String>> primary() {
        return primary.get().thenApply(StatefulRedisConnection::async);
    }

    @Override
    public CompletionStage<RedisClusterAsyncCommands<String, String>> listings() {
        return listings == null ? primary() : listings.get().thenApply(StatefulRedisConnection::async);
    }

    @Override
    public CompletionStage<StatefulRedisPubSubConnection<String, String>> hints() {
        return hints.get();
    }

    @Override
    public List<CompletableFuture<@Nullable Void>> close() {
        return listings == null
                ? List.of(primary.close(), hints.close())
                : List.of(primary.close(), hints.close(), listings.close());
    }
}
