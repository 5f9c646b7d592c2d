package io.github.presence4j.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plain connection to each server that is written to, for what only a test does. */
record MasterConnections(RedisClient client, List<RedisCommands<String, String>> commands) implements AutoCloseable {

    static MasterConnections of(List<String> uris) {
        return of(uris, null);
    }

    static MasterConnections of(List<String> uris, @Nullable Path ca) {
        RedisClient client = RedisClient.create();
        if (ca != null) {
            SslOptions trusting = SslOptions.builder().trustManager(ca.toFile()).build();
            client.setOptions(ClientOptions.builder().sslOptions(trusting).build());
        }
        return new MasterConnections(
                client,
                uris.stream()
                        .map(uri -> client.connect(RedisURI.create(uri)))
                        .map(StatefulRedisConnection::sync)
                        .toList());
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
