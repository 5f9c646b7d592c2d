package io.github.presence4j.redis;

import io.github.presence4j.redis.server.ContainerServer;
import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on a server in a container. */
@Tag("docker")
class RedisContainerTest implements PresenceStoreContract {
    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis(RedisContainerTest::start);

    private static SharedRedis.Servers start() {
        ContainerServer server = ContainerServer.start();
        return SharedRedis.Servers.at(server.uri(), server);
    }

    @Override
    public PresenceStoreFixture fixture() {
        return REDIS.fixture();
    }
}
