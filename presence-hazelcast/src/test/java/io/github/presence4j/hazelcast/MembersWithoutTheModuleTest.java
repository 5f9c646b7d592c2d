package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members that were not given our module: whoever uses them is told what to do, at once. */
class MembersWithoutTheModuleTest {
    private static final String ADVICE = "put presence-hazelcast, presence-cell and presence-api";

    @Test
    void e6_aClientOfSuchMembersIsToldSo() {
        String cluster = TestCluster.anyName();
        try (BareMember member = BareMember.start(cluster)) {
            assertThatThrownBy(() -> useOwn(cluster, member.port()))
                    .isExactlyInstanceOf(PresenceException.class)
                    .hasMessageContaining(ADVICE);
            assertThatThrownBy(() -> useLent(cluster, member.port()))
                    .isExactlyInstanceOf(PresenceException.class)
                    .hasMessageContaining(ADVICE);
        }
    }

    private static void useLent(String cluster, int port) {
        ClientConfig config = HazelcastSettings.client(cluster, List.of("127.0.0.1:" + port), Duration.ofSeconds(2));
        config.getConnectionStrategyConfig().setAsyncStart(false);
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        try (HazelcastStore store = HazelcastStore.builder().instance(client).build();
                Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            presence.topic("room").touch("ana");
        } finally {
            client.shutdown();
        }
    }

    private static void useOwn(String cluster, int port) {
        PresenceConfig config = PresenceConfig.builder()
                .backend("hazelcast")
                .property("hazelcast.client", "true")
                .property("hazelcast.cluster-name", cluster)
                .property("hazelcast.members", "127.0.0.1:" + port)
                .timeout(Duration.ofSeconds(10))
                .build();
        try (Presence presence = Presence.open(config)) {
            presence.topic("room").touch("ana");
        }
    }
}
