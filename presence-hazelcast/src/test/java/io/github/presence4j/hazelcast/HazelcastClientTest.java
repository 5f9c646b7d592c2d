package io.github.presence4j.hazelcast;

import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on a client of two members that are in JVMs of their own, so that everything is serialised. */
class HazelcastClientTest implements PresenceStoreContract {
    @RegisterExtension
    static final TestCluster CLUSTER = new TestCluster(() -> TestCluster.clientOf(2));

    @Override
    public PresenceStoreFixture fixture() {
        return CLUSTER.fixture();
    }
}
