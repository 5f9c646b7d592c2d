package io.github.presence4j.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.FaultLoad;
import io.github.presence4j.testkit.fault.ShiftedClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Members, each in a JVM of its own, and a client of theirs that is busy. */
final class BusyCluster implements AutoCloseable {
    private static final TopicId TOPIC = new TopicId("presence", FaultLoad.TOPIC);

    private final String name = TestCluster.anyName();
    private final List<MemberProcess> members = new ArrayList<>();
    private @Nullable HazelcastInstance client;
    private @Nullable FaultLoad throng;

    void startMembers(int count) {
        members.addAll(MemberProcess.startByClusterTime(name, count));
    }

    /** So many members, and a client that knows them all. */
    void start(int count) {
        startMembers(count);
        gather();
    }

    /** The first member, by this clock; the client is still to come. */
    MemberProcess startOn(ShiftedClock clock) {
        members.add(MemberProcess.startFirst(name, clock.environment()));
        return members.get(0);
    }

    void join() {
        members.add(survivor().join(Map.of()));
    }

    void join(ShiftedClock clock) {
        members.add(survivor().join(clock.environment()));
    }

    /** The client comes, and everybody is touched. */
    void gather() {
        gather(true);
    }

    /** The same. One that is not smart talks to the first member only. */
    void gather(boolean smart) {
        List<String> addresses =
                members.stream().map(member -> "127.0.0.1:" + member.port()).toList();
        ClientConfig config = TestCluster.client(name, addresses, FaultLoad.TIMEOUT);
        config.setProperty("hazelcast.client.shuffle.member.list", "false");
        if (!smart) {
            TestCluster.talkToOneMember(config);
        }
        HazelcastInstance opened = HazelcastClient.newHazelcastClient(config);
        client = opened;
        FaultLoad gathering =
                new FaultLoad(() -> HazelcastStore.builder().instance(opened).build());
        throng = gathering;
        gathering.gather();
        gathering.answers(500);
    }

    List<MemberProcess> members() {
        return members;
    }

    FaultLoad throng() {
        return Objects.requireNonNull(throng);
    }

    /** Who decides about the topic. */
    MemberProcess owner() {
        int port = Objects.requireNonNull(client)
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

    /** Nothing was lost, so every event was told. */
    void settle(String fault) {
        CommandResult outcome = throng().settle();
        outcome.require(fault);
        outcome.requireEveryEvent();
    }

    @Override
    public void close() {
        if (throng != null) {
            throng.close();
        }
        if (client != null) {
            client.getLifecycleService().terminate();
        }
        members.forEach(MemberProcess::close);
    }
}
