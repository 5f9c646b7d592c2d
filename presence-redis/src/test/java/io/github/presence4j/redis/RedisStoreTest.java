package io.github.presence4j.redis;

import io.github.presence4j.redis.server.GivenServer;
import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on one server: a started one, or the one that a system property names. */
@Tag("given")
class RedisStoreTest implements PresenceStoreContract {
    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis(RedisStoreTest::start);

    private static SharedRedis.Servers start() {
        GivenServer server = GivenServer.open();
        SharedRedis.Servers servers = SharedRedis.Servers.at(server.uri(), server);
        return server.isGiven() ? servers.sharedWithOthers() : servers;
    }

    @Override
    public PresenceStoreFixture fixture() {
        return REDIS.fixture();
    }
}
