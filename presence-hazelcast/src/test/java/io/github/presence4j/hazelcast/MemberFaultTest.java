package io.github.presence4j.hazelcast;

import io.github.presence4j.testkit.fault.Timing;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What members can suffer, each in a JVM of its own, while their clients are busy. With one backup, nothing that was acknowledged is
 * lost: whoever was touched is in every answer, and watchers are told every event.
 */
class MemberFaultTest {
    private static final int SOME = 500;

    private final BusyCluster busy = new BusyCluster();

    @AfterEach
    void end() {
        busy.close();
    }

    @Test
    void w5_theOwnerIsKilled() {
        busy.start(3);
        busy.owner().close();
        busy.throng().answers(SOME);
        busy.settle("owner of the topic killed, one of three");
    }

    @Test
    void w5_theOwnerLeavesAndAnotherMemberJoins() {
        busy.start(3);
        busy.owner().leave();
        busy.throng().answers(SOME);
        busy.join();
        busy.throng().answers(SOME);
        busy.settle("owner of the topic leaves, another member joins");
    }

    @Test
    void e2_theOwnerIsFrozenForFiveSeconds() {
        busy.start(3);
        MemberProcess owner = busy.owner();
        owner.freeze();
        Timing.last(Duration.ofSeconds(5));
        owner.thaw();
        busy.settle("owner of the topic frozen for 5 s");
    }

    @Test
    void w5_aClientLosesTheOnlyMemberItTalksTo() {
        busy.startMembers(3);
        busy.gather(false);
        busy.members().get(0).close();
        busy.throng().answers(SOME);
        busy.settle("the only member that a client talks to is killed");
    }
}
