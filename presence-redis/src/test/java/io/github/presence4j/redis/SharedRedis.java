package io.github.presence4j.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The servers that the tests of a class share, and a connection to each master for what only a test does. */
final class SharedRedis implements BeforeAllCallback, AfterAllCallback {
    private final Supplier<Servers> start;
    private @Nullable Servers servers;
    private @Nullable Masters masters;

    /**
     * Servers that run.
     *
     * @param masters where each of them is
     * @param stores makes a store, as an application would
     * @param running ends them
     */
    record Servers(List<RedisURI> masters, Supplier<RedisStore> stores, AutoCloseable running) {}

    SharedRedis(Supplier<Servers> start) {
        this.start = start;
    }

    RedisFixture fixture() {
        if (servers == null || masters == null) {
            throw new IllegalStateException("No server was started");
        }
        return new RedisFixture(masters.commands(), servers.stores());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        servers = start.get();
        masters = new Masters(servers.masters());
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (masters != null) {
            masters.close();
        }
        if (servers != null) {
            servers.running().close();
        }
    }

    /** One plain connection per master. */
    private static final class Masters implements AutoCloseable {
        private final RedisClient client = RedisClient.create();
        private final Deque<StatefulRedisConnection<String, String>> connections = new ArrayDeque<>();

        Masters(List<RedisURI> uris) {
            uris.forEach(uri -> connections.add(client.connect(uri)));
        }

        List<RedisCommands<String, String>> commands() {
            return connections.stream().map(StatefulRedisConnection::sync).toList();
        }

        @Override
        public void close() {
            client.shutdown();
        }
    }
}
