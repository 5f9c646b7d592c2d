package io.github.presence4j.redis;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.SentinelSet;
import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on a master and a replica that three Sentinels watch. */
class RedisSentinelTest implements PresenceStoreContract {
    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis(RedisSentinelTest::start);

    private static SharedRedis.Servers start() {
        SentinelSet sentinels = SentinelSet.start(RedisBinary.find());
        return new SharedRedis.Servers(
                MasterConnections.of(List.of(sentinels.master().uri())),
                () -> RedisStore.builder().uri(sentinels.uri()).build(),
                sentinels);
    }

    @Override
    public PresenceStoreFixture fixture() {
        return REDIS.fixture();
    }
}
