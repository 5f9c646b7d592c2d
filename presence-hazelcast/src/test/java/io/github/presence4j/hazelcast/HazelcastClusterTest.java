package io.github.presence4j.hazelcast;

import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on three members. */
class HazelcastClusterTest implements PresenceStoreContract {
    @RegisterExtension
    static final TestCluster CLUSTER = new TestCluster(() -> TestCluster.members(3));

    @Override
    public PresenceStoreFixture fixture() {
        return CLUSTER.fixture();
    }
}
