package io.github.presence4j.hazelcast;

import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on one member. */
class HazelcastStoreTest implements PresenceStoreContract {
    @RegisterExtension
    static final TestCluster CLUSTER = new TestCluster(() -> TestCluster.members(1));

    @Override
    public PresenceStoreFixture fixture() {
        return CLUSTER.fixture();
    }
}
