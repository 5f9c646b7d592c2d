package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.PresenceUnavailableException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application says in its configuration. */
class HazelcastStoreProviderTest {

    private static PresenceConfig.Builder hazelcast(String key, String value) {
        return PresenceConfig.builder().backend("hazelcast").property("hazelcast." + key, value);
    }

    private static PresenceConfig member(String cluster, int port) {
        return hazelcast("cluster-name", cluster)
                .property("hazelcast.port", Integer.toString(port))
                .property("hazelcast.members", "127.0.0.1:" + port)
                .build();
    }

    @Test
    void theBackendIsFoundByItsNameAndItsNodesFormACluster() {
        String cluster = TestCluster.anyName();
        int port = MemberProcess.freePort();
        try (Presence one = Presence.open(member(cluster, port));
                Presence other = Presence.open(member(cluster, port));
                Presence client = Presence.open(hazelcast("cluster-name", cluster)
                        .property("hazelcast.client", "true")
                        .property("hazelcast.members", "127.0.0.1:" + port)
                        .timeout(Duration.ofSeconds(10))
                        .build())) {
            PresenceTopic topic = one.topic("room");
            assertThat(topic.touch("ana", "tab", "data")).isTrue();
            assertThat(other.topic("room").list()).containsExactly("ana");
            assertThat(client.topic("room").member("ana").orElseThrow().sessions())
                    .hasSize(1);
        }
    }

    @Test
    void e2_aClientWithoutItsClusterFailsInTime() {
        try (Presence presence = Presence.open(hazelcast("client", "true")
                .property("hazelcast.members", "127.0.0.1:" + MemberProcess.freePort())
                .timeout(Duration.ofSeconds(1))
                .build())) {
            PresenceTopic topic = presence.topic("room");
            assertThatThrownBy(() -> topic.isLive("ana")).isInstanceOf(PresenceUnavailableException.class);
        }
    }

    @Test
    void aTypingErrorListsTheKeysThatAreKnown() {
        assertThatThrownBy(() -> Presence.open(hazelcast("member", "a").build()))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("hazelcast.member")
                .hasMessageContaining("hazelcast.members")
                .hasMessageContaining("hazelcast.cluster-name");
    }

    @Test
    void aBadValueIsNamedByItsKey() {
        assertThatThrownBy(() -> Presence.open(hazelcast("port", "0").build()))
                .hasMessage("hazelcast.port must be from 1 to 65535 but was 0");
        assertThatThrownBy(() -> Presence.open(hazelcast("topic-shards", "257").build()))
                .hasMessage("hazelcast.topic-shards must be from 1 to 256 but was 257");
        assertThatThrownBy(() -> Presence.open(hazelcast("client", "yes").build()))
                .hasMessage("hazelcast.client must be true or false but was yes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:",
                "a:b",
                "a,",
                ",a",
                "a,,b",
                " ",
                "a:0",
                "a:65536",
                ":5701",
                "[::1]:x",
                "a, b:5701x",
                "host:5701:"
            })
    void e7_anAddressThatIsNoneIsNamedByItsKey(String members) {
        assertThatThrownBy(() -> Presence.open(hazelcast("client", "true")
                        .property("hazelcast.members", members)
                        .build()))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessage("hazelcast.members must be hosts, or host:port, separated by commas but was " + members);
    }

    @Test
    void e7_blanksAroundAddressesAreIgnored() {
        assertThat(MemberAddresses.parse(List.of(" a", "b ", "\tc:5701 ", "[::1]:5701", "::1", "10.3.10.4-18")))
                .containsExactly("a", "b", "c:5701", "[::1]:5701", "::1", "10.3.10.4-18");
        String cluster = TestCluster.anyName();
        int port = MemberProcess.freePort();
        HazelcastInstance member = TestCluster.member(cluster, port, port);
        try (Presence client = Presence.open(hazelcast("client", "true")
                .property("hazelcast.cluster-name", cluster)
                .property("hazelcast.members", "127.0.0.1:1, 127.0.0.1:" + port)
                .timeout(Duration.ofSeconds(10))
                .build())) {
            assertThat(client.topic("room").touch("ana")).isTrue();
        } finally {
            member.getLifecycleService().terminate();
        }
    }
}
