package io.github.presence4j.redis;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.AsyncCloseable;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The connections to one Redis, whatever its topology. Each is opened when it is first needed. */
final class Link {
    private final Supplier<CompletionStage<RedisClusterAsyncCommands<String, String>>> primary;
    private final Supplier<CompletionStage<RedisClusterAsyncCommands<String, String>>> listings;
    private final Opened<StatefulRedisPubSubConnection<String, String>> hints;
    private final List<Opened<?>> all;

    private <C extends AsyncCloseable> Link(
            Opened<C> primary,
            @Nullable Opened<C> replicas,
            Opened<StatefulRedisPubSubConnection<String, String>> hints,
            Function<C, RedisClusterAsyncCommands<String, String>> commands) {
        this.primary = () -> primary.get().thenApply(commands);
        this.listings = replicas == null ? this.primary : () -> replicas.get().thenApply(commands);
        this.hints = hints;
        this.all = replicas == null ? List.of(primary, hints) : List.of(primary, hints, replicas);
    }

    /** One server, or one master that Sentinel names, with its replicas. */
    static Link single(RedisClient client, RedisURI uri, @Nullable ReadFrom readFrom) {
        return new Link(
                new Opened<>(() -> client.connectAsync(StringCodec.UTF8, uri)),
                readFrom == null
                        ? null
                        : new Opened<StatefulRedisConnection<String, String>>(
                                () -> MasterReplica.connectAsync(client, StringCodec.UTF8, uri)
                                        .thenApply(connection -> {
                                            connection.setReadFrom(readFrom);
                                            return connection;
                                        })),
                new Opened<>(() -> client.connectPubSubAsync(StringCodec.UTF8, uri)),
                StatefulRedisConnection::async);
    }

    /** A Redis Cluster. Hints come by plain pub/sub, which reaches every node, whichever this one listens to. */
    static Link cluster(RedisClusterClient client, @Nullable ReadFrom readFrom) {
        Supplier<CompletionStage<StatefulRedisClusterConnection<String, String>>> connect =
                () -> client.refreshPartitionsAsync().thenCompose(done -> client.connectAsync(StringCodec.UTF8));
        return new Link(
                new Opened<>(connect),
                readFrom == null
                        ? null
                        : new Opened<>(() -> connect.get().thenApply(connection -> {
                            connection.setReadFrom(readFrom);
                            return connection;
                        })),
                new Opened<>(() -> client.refreshPartitionsAsync()
                        .thenCompose(done -> client.connectPubSubAsync(StringCodec.UTF8))
                        .thenApply(connection -> connection)),
                StatefulRedisClusterConnection::async);
    }

    /** Where everything is written, and read that must be what was written last. */
    CompletionStage<RedisClusterAsyncCommands<String, String>> primary() {
        return primary.get();
    }

    /** Where listings are read: the primary, unless configured otherwise. */
    CompletionStage<RedisClusterAsyncCommands<String, String>> listings() {
        return listings.get();
    }

    /** Where hints are heard. It subscribes anew by itself when the link was lost. */
    CompletionStage<StatefulRedisPubSubConnection<String, String>> hints() {
        return hints.get();
    }

    /** Closes the connections, not the client; done when all are. */
    CompletableFuture<@Nullable Void> close() {
        Stream<CompletableFuture<@Nullable Void>> closing = all.stream().map(Opened::close);
        return CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new));
    }
}
