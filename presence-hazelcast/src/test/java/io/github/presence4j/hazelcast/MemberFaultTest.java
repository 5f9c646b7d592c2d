package io.github.presence4j.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.Patience;
import io.github.presence4j.testkit.fault.Throng;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What members can suffer, each in a JVM of its own, while their clients are busy. With one backup, nothing that was acknowledged is
 * lost: whoever was touched is in every answer.
 */
class MemberFaultTest {
    private static final int SOME = 500;
    private static final TopicId TOPIC = new TopicId("presence", Throng.TOPIC);

    private final String cluster = TestCluster.anyName();
    private final List<MemberProcess> members = new ArrayList<>(MemberProcess.start(cluster, 3));
    private final List<HazelcastInstance> clients = new ArrayList<>();
    private Throng throng;

    @BeforeEach
    void gather() {
        HazelcastInstance client = client(RoutingMode.ALL_MEMBERS);
        throng = new Throng(() -> HazelcastStore.builder().instance(client).build());
        throng.gather();
        throng.answers(SOME);
    }

    @AfterEach
    void end() {
        throng.close();
        clients.forEach(client -> client.getLifecycleService().terminate());
        members.forEach(MemberProcess::close);
    }

    private HazelcastInstance client(RoutingMode routing) {
        ClientConfig config =
                Settings.client(cluster, List.of("127.0.0.1:" + members.get(0).port()), Throng.TIMEOUT);
        config.getConnectionStrategyConfig().setAsyncStart(false);
        config.getNetworkConfig().getClusterRoutingConfig().setRoutingMode(routing);
        config.setProperty("hazelcast.logging.type", "none");
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        clients.add(client);
        return client;
    }

    /** Who decides about the topic. */
    private MemberProcess owner() {
        int port = clients.get(0)
                .getPartitionService()
                .getPartition(TOPIC.name())
                .getOwner()
                .getAddress()
                .getPort();
        return members.stream()
                .filter(member -> member.port() == port)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void w5_theOwnerIsKilled() {
        owner().close();
        throng.answers(SOME);
        throng.settle().require("owner of the topic killed, one of three");
    }

    @Test
    void w5_theOwnerLeavesAndAnotherMemberJoins() {
        owner().leave();
        throng.answers(SOME);
        members.add(members.get(1).join());
        throng.answers(SOME);
        throng.settle().require("owner of the topic leaves, another member joins");
    }

    @Test
    void e2_theOwnerIsFrozenForFiveSeconds() {
        MemberProcess owner = owner();
        owner.freeze();
        Patience.last(Duration.ofSeconds(5));
        owner.thaw();
        throng.settle().require("owner of the topic frozen for 5 s");
    }

    @Test
    void w5_aClientLosesTheOnlyMemberItTalksTo() {
        throng.close();
        HazelcastInstance narrow = client(RoutingMode.SINGLE_MEMBER);
        throng = new Throng(() -> HazelcastStore.builder().instance(narrow).build());
        throng.gather();
        throng.answers(SOME);
        members.get(0).close();
        throng.answers(SOME);
        throng.settle().require("the only member that a client talks to is killed");
    }
}
