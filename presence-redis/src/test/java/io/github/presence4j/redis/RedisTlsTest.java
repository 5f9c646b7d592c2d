package io.github.presence4j.redis;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.TlsServer;
import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract over TLS, as a user who may do no more than {@code docs/redis-layout.md} asks for. */
@Tag("tls")
class RedisTlsTest implements PresenceStoreContract {
    /** As in {@code docs/redis-layout.md}. */
    static final List<String> COMMANDS = List.of(
            "+eval",
            "+evalsha",
            "+time",
            "+exists",
            "+del",
            "+unlink",
            "+pexpire",
            "+pttl",
            "+hget",
            "+hmget",
            "+hset",
            "+hdel",
            "+hlen",
            "+zadd",
            "+zrem",
            "+zscore",
            "+zmscore",
            "+zcount",
            "+zrange",
            "+zrangebyscore",
            "+zrangebylex",
            "+info",
            "+xadd",
            "+xtrim",
            "+xrange",
            "+publish",
            "+subscribe",
            "+unsubscribe",
            "+hello",
            "+ping",
            "+client|setname");

    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis(RedisTlsTest::start);

    /** For every namespace, since the tests use many. */
    private static List<String> rules() {
        return Stream.concat(Stream.of("~*", "&*"), COMMANDS.stream()).toList();
    }

    private static SharedRedis.Servers start() {
        TlsServer server = TlsServer.start(RedisBinary.installed(), rules());
        return new SharedRedis.Servers(
                MasterConnections.of(List.of(server.operatorUri()), server.ca()),
                () -> RedisStore.builder()
                        .uri(server.uri())
                        .caCertificate(server.ca())
                        .build(),
                server);
    }

    @Override
    public PresenceStoreFixture fixture() {
        return REDIS.fixture();
    }
}
