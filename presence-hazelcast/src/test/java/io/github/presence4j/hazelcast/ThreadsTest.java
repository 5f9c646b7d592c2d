package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

/** On two processors or fewer Hazelcast starts a thread for each callback that is given no executor. */
class ThreadsTest {
    private static final int CALLS = 5_000;
    private static final long FEW = 50;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Test
    void e3_callsOfAMemberStartNoThreads() {
        requireNoThreads(TestCluster.members(2));
    }

    @Test
    void e3_callsOfAClientStartNoThreads() {
        requireNoThreads(TestCluster.clientOf(1));
    }

    private void requireNoThreads(TestCluster.Running running) {
        try (HazelcastStore store =
                        HazelcastStore.builder().instance(running.node()).build();
                Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            PresenceTopic room = presence.topic("room");
            calls(room, CALLS / 10);
            long before = threads.getTotalStartedThreadCount();
            calls(room, CALLS);
            assertThat(threads.getTotalStartedThreadCount() - before).isLessThan(FEW);
        } finally {
            running.end();
        }
    }

    private static void calls(PresenceTopic room, int count) {
        for (int i = 0; i < count; i++) {
            String member = "m" + i % 100;
            room.touch(member);
            room.touch(member, "tab");
            room.isLive(member);
            room.leave(member, "tab");
        }
    }
}
