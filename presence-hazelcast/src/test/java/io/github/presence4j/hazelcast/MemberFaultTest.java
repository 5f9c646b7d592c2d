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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What members can suffer, each in a JVM of its own, while their clients are busy. With one backup, nothing that was acknowledged is
 * lost: whoever was touched is in every answer.
 */
class MemberFaultTest {
    private static final int SOME = 500;
    private static final TopicId TOPIC = new TopicId("presence", Throng.TOPIC);

    private final String cluster = TestCluster.anyName();
    private final List<MemberProcess> members = new ArrayList<>(MemberProcess.startByClusterTime(cluster, 3));
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
        List<String> addresses =
                members.stream().map(member -> "127.0.0.1:" + member.port()).toList();
        ClientConfig config = Settings.client(cluster, addresses, Throng.TIMEOUT);
        config.setProperty("hazelcast.client.shuffle.member.list", "false");
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

    private MemberProcess survivor() {
        return members.stream().filter(MemberProcess::isAlive).findFirst().orElseThrow();
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
        members.add(survivor().join(Duration.ZERO));
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

    /** Ten minutes are twice the TTL: if anybody's clock counted but the cluster's, all would lapse, or nobody ever. */
    @ParameterizedTest
    @ValueSource(ints = {10, -10})
    void t2_aMemberWhoseClockIsWrongIsAllThatIsLeft(int minutesAhead) {
        List<MemberProcess> first = List.copyOf(members);
        members.add(survivor().join(Duration.ofMinutes(minutesAhead)));
        throng.answers(SOME);
        for (MemberProcess member : first) {
            member.leave();
            throng.answers(SOME);
        }
        throng.settle().require("a member whose clock is %+d min joins, all others leave".formatted(minutesAhead));
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
