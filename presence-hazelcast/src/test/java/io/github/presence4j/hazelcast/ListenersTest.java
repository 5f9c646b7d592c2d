package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.cluster.impl.ClusterServiceImpl;
import com.hazelcast.spi.impl.eventservice.EventService;
import com.hazelcast.topic.impl.TopicService;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.Eventually;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The registrations of a store at an application's own instance. */
class ListenersTest {
    private static final Topic ROOM = new Topic(new TopicId("presence", "room"), Duration.ofMinutes(5), null);

    private final int port = MemberProcess.freePort();
    private final HazelcastInstance member = TestCluster.member(TestCluster.anyName(), port, port);

    @AfterEach
    void end() {
        member.getLifecycleService().terminate();
    }

    private int listeners() {
        return registrations(TopicService.SERVICE_NAME, EntryLocation.space(ROOM.id()))
                + registrations(ClusterServiceImpl.SERVICE_NAME, ClusterServiceImpl.SERVICE_NAME);
    }

    private int registrations(String service, String name) {
        EventService events = ((HazelcastInstanceProxy) member)
                .getOriginal()
                .node
                .getNodeEngine()
                .getEventService();
        return events.getRegistrations(service, name).size();
    }

    private static TopicId marker(int i) {
        return new TopicId("marker" + i, "room");
    }

    @Test
    void g5_aStoreThatIsClosedLeavesNoListener() {
        int before = listeners();
        HazelcastStore store = HazelcastStore.builder().instance(member).build();
        store.onChange(ROOM.id(), () -> {});
        Eventually.await("both are registered", () -> listeners() == before + 2);
        store.close();
        Eventually.await("both are gone", () -> listeners() == before);
        store.onChange(ROOM.id(), () -> {});
        HazelcastStore other = HazelcastStore.builder().instance(member).build();
        other.close();
        other.onChange(ROOM.id(), () -> {});
        assertThat(listeners()).as("a watch after the end").isEqualTo(before);
    }

    /** Each watch opens the channel of its namespace, which is open already. */
    @Test
    void g5_aStoreRegistersOncePerNamespace() {
        int before = listeners();
        try (HazelcastStore store = HazelcastStore.builder().instance(member).build()) {
            store.onChange(ROOM.id(), () -> {});
            Eventually.await("both are registered", () -> listeners() == before + 2);
            for (int i = 0; i < 20; i++) {
                store.onChange(new TopicId(ROOM.id().namespace(), "room" + i), () -> {});
                store.onChange(marker(i), () -> {});
            }
            Eventually.await(
                    "what was begun later is done",
                    () -> IntStream.range(0, 20)
                            .allMatch(i ->
                                    registrations(TopicService.SERVICE_NAME, EntryLocation.space(marker(i))) == 1));
            assertThat(listeners()).isEqualTo(before + 2);
        }
    }

    @Test
    void g5_aStoreThatIsClosedWhileItRegistersLeavesNoListener() {
        int before = listeners();
        for (int i = 0; i < 50; i++) {
            HazelcastStore store = HazelcastStore.builder().instance(member).build();
            store.onChange(ROOM.id(), () -> {});
            store.close();
        }
        Eventually.await("all are gone", () -> listeners() == before);
    }
}
