package io.github.presence4j.redis.server;

import io.github.presence4j.testkit.fault.TcpProxy;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server that the system property names (Valkey, KeyDB, Dragonfly or a service), or a bundled one that is started.
 *
 * @param uri the address of the server
 * @param started the process, if this class started it
 */
public record GivenServer(String uri, @Nullable RedisProcess started) implements AutoCloseable {
    /** The system property with the URI of a running server. Its database should be empty. */
    public static final String PROPERTY = "presence.test.redis.uri";

    private static final List<String> TOPICS = List.of("room", "early", "late");
    private static final int SCANNED = 1_000;

    /** Returns the server of the system property, or starts one. */
    public static GivenServer open() {
        String given = System.getProperty(PROPERTY, "");
        if (!given.isEmpty()) {
            GivenServer server = new GivenServer(given, null);
            server.forget();
            return server;
        }
        RedisProcess started = RedisProcess.start(RedisBinary.find());
        return new GivenServer(started.uri(), started);
    }

    /** Returns whether the server runs without these tests, and may serve others. */
    public boolean isGiven() {
        return started == null;
    }

    /** Returns a proxy to the server that can cause faults. */
    public TcpProxy proxy() {
        RedisURI where = RedisURI.create(uri);
        return TcpProxy.to(where.getHost(), where.getPort());
    }

    /** Returns the URI through this proxy, with the same user and database. */
    public String uri(TcpProxy proxy) {
        URI where = URI.create(uri);
        String user = where.getRawUserInfo() == null ? "" : where.getRawUserInfo() + "@";
        String query = where.getRawQuery() == null ? "" : "?" + where.getRawQuery();
        String unverified = where.getScheme().startsWith("rediss")
                // its certificate does not name this machine
                ? (query.isEmpty() ? "?" : "&") + "verifyPeer=NONE"
                : "";
        return where.getScheme() + "://" + user + "127.0.0.1:" + proxy.port() + where.getRawPath() + query + unverified;
    }

    /** Deletes the data of a test, which would otherwise expire later. */
    private void forget() {
        try (RedisClient client = RedisClient.create()) {
            RedisCommands<String, String> commands =
                    client.connect(RedisURI.create(uri)).sync();
            for (String topic : TOPICS) {
                ScanArgs found = ScanArgs.Builder.limit(SCANNED).match("presence:{" + topic + "#*");
                ScanIterator.scan(commands, found).forEachRemaining(commands::unlink);
            }
        }
    }

    @Override
    public void close() {
        if (started == null) {
            forget();
        } else {
            started.close();
        }
    }
}
