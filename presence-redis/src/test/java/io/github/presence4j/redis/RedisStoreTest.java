package io.github.presence4j.redis;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on one server. */
class RedisStoreTest implements PresenceStoreContract {
    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis(RedisStoreTest::start);

    private static SharedRedis.Servers start() {
        RedisProcess server = RedisProcess.start(RedisBinary.find());
        return SharedRedis.Servers.at(server.uri(), server);
    }

    @Override
    public PresenceStoreFixture fixture() {
        return REDIS.fixture();
    }
}
