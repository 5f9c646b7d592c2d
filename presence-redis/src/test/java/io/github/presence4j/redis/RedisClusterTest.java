package io.github.presence4j.redis;

import io.github.presence4j.redis.server.ClusterSet;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on a cluster of three masters and three replicas, with every topic in several shards. */
class RedisClusterTest implements PresenceStoreContract {
    private static final int SHARDS = 4;

    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis(RedisClusterTest::start);

    private static SharedRedis.Servers start() {
        ClusterSet cluster = ClusterSet.start(RedisBinary.find());
        return new SharedRedis.Servers(
                MasterConnections.of(
                        cluster.masters().stream().map(RedisProcess::uri).toList()),
                () -> RedisStore.builder()
                        .uri(cluster.uri())
                        .cluster(true)
                        .topicShards(SHARDS)
                        .build(),
                cluster);
    }

    @Override
    public PresenceStoreFixture fixture() {
        return REDIS.fixture();
    }
}
