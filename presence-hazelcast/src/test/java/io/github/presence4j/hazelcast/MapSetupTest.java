package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members that configure the maps themselves. */
class MapSetupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String cluster = TestCluster.anyName();
    private final int port = MemberProcess.freePort();
    private @Nullable HazelcastInstance member;
    private @Nullable HazelcastInstance client;

    @AfterEach
    void end() {
        if (client != null) {
            client.getLifecycleService().terminate();
        }
        if (member != null) {
            member.getLifecycleService().terminate();
        }
    }

    private HazelcastInstance member(MapConfig maps) {
        Config config = HazelcastSettings.member(cluster, port, List.of("127.0.0.1:" + port), 1);
        config.setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.addMapConfig(maps);
        HazelcastInstance opened = Hazelcast.newHazelcastInstance(config);
        member = opened;
        return opened;
    }

    private HazelcastInstance client() {
        HazelcastInstance opened = HazelcastClient.newHazelcastClient(
                TestCluster.client(cluster, List.of("127.0.0.1:" + port), Duration.ofSeconds(10)));
        client = opened;
        return opened;
    }

    private static void use(HazelcastInstance instance, int backups) {
        try (HazelcastStore store = HazelcastStore.builder()
                        .instance(instance)
                        .backups(backups)
                        .timeout(PATIENCE)
                        .build();
                Presence presence = Presence.using(
                        store, PresenceConfig.builder().timeout(PATIENCE).build())) {
            assertThat(presence.topic("room").touch("ana")).isTrue();
        }
    }

    @Test
    void e7_anotherFormatIsNamed() {
        HazelcastInstance one = member(HazelcastSettings.map(1).setInMemoryFormat(InMemoryFormat.BINARY));
        assertThatThrownBy(() -> use(one, 1))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("presence4j:*")
                .hasMessageContaining("OBJECT")
                .hasMessageContaining("BINARY");
    }

    @Test
    void e7_anotherMergePolicyIsNamed() {
        HazelcastInstance one = member(new MapConfig("presence4j:*").setInMemoryFormat(InMemoryFormat.OBJECT));
        assertThatThrownBy(() -> use(one, 1))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("presence4j:*")
                .hasMessageContaining(PresenceMergePolicy.class.getName());
    }

    @Test
    void e7_membersMayHaveABackupCountOfTheirOwn() {
        use(member(HazelcastSettings.map(2)), 1);
    }

    @Test
    void e7_aClientOfMembersThatConfigureTheMapsOtherwiseIsToldSo() {
        member(HazelcastSettings.map(2));
        HazelcastInstance opened = client();
        assertThatThrownBy(() -> use(opened, 1))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("presence4j:*");
    }
}
