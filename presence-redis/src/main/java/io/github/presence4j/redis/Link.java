package io.github.presence4j.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The connections to one Redis, whatever its topology. Each is opened when it is first needed. */
sealed interface Link permits SingleLink, ClusterLink {

    /** Where everything is written, and read that must be what was written last. */
    CompletionStage<RedisClusterAsyncCommands<String, String>> primary();

    /** Where listings are read: the primary, unless configured otherwise. */
    CompletionStage<RedisClusterAsyncCommands<String, String>> listings();

    /** Where hints are heard. It subscribes anew by itself when the link was lost. */
    CompletionStage<StatefulRedisPubSubConnection<String, String>> hints();

    /** Closes the connections, not the client; each is told when it is done. */
    List<CompletableFuture<@Nullable Void>> close();
}
