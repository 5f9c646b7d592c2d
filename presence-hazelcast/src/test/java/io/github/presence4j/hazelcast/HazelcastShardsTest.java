package io.github.presence4j.hazelcast;

import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on three members, with every topic in several shards. */
class HazelcastShardsTest implements PresenceStoreContract {
    private static final int SHARDS = 4;

    @RegisterExtension
    static final TestCluster CLUSTER = new TestCluster(() -> TestCluster.members(3));

    @Override
    public PresenceStoreFixture fixture() {
        return CLUSTER.fixture(SHARDS);
    }
}
