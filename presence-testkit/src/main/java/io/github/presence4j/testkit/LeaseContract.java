package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Lease;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leases: sessions that beat by themselves are sessions like any other. */
interface LeaseContract {

    @Test
    default void s1_aLeaseHoldsItsMemberBeyondTheTtl(Stage stage) {
        PresenceTopic topic = stage.node().topic("held", Stage.SHORT);
        PresenceTopic other = stage.peer().topic("held", Stage.SHORT);
        Watcher watcher = stage.watch(other);
        try (Lease lease = topic.hold(Touch.of("ana").withData("data"))) {
            long end = stage.millis() + Stage.SHORT.multipliedBy(2).toMillis();
            stage.deadline().await("two TTLs are over", () -> stage.millis() > end);
            assertThat(other.member("ana").orElseThrow().sessions())
                    .containsExactly(
                            new Session(lease.session(), other.lastSeen("ana").orElseThrow(), "data"));
        }
        assertThat(other.isLive("ana")).isFalse();
        watcher.await("the end", events -> events.size() == 3);
        assertThat(watcher.changes())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Joined", "Left");
    }

    @Test
    default void s2_aMemberLeavesWithItsLastLease(Stage stage) {
        PresenceTopic topic = stage.topic();
        Lease first = topic.hold("ana", "socket 1");
        Lease second = topic.hold("ana", "socket 2");
        assertThat(topic.member("ana").orElseThrow().sessions())
                .extracting(Session::id)
                .containsExactly("socket 1", "socket 2");
        first.close();
        first.close();
        assertThat(stage.peerTopic().isLive("ana")).isTrue();
        second.close();
        assertThat(stage.peerTopic().isLive("ana")).isFalse();
    }

    @Test
    default void s2_twoLeasesOfOneSessionEndWithTheSecond(Stage stage) {
        PresenceTopic topic = stage.topic();
        Lease first = topic.hold("ana", "socket");
        Lease second = topic.hold("ana", "socket");
        first.close();
        assertThat(topic.isLive("ana")).isTrue();
        second.close();
        assertThat(topic.isLive("ana")).isFalse();
    }

    @Test
    default void s2_aPresenceThatIsClosedLeavesWhatItHeld(Stage stage) {
        try (Presence other = stage.open(config -> config)) {
            other.topic("room").hold("ana");
            other.topic("room").hold("bo", "socket");
            assertThat(stage.topic().list()).containsExactlyInAnyOrder("ana", "bo");
        }
        assertThat(stage.topic().list()).isEqualTo(List.of());
    }

    @Test
    default void e3_aLeaseOutlivesAStoreThatIsAway(Stage stage) {
        PresenceTopic topic = stage.node().topic("held", Stage.SHORT);
        PresenceTopic other = stage.peer().topic("held", Stage.SHORT);
        try (Lease lease = topic.hold("ana")) {
            stage.link().disturb(Fault.FOREIGN);
            stage.deadline().await("the member lapsed", () -> !other.isLive("ana"));
            stage.link().restore();
            stage.deadline().await("the lease is back", () -> other.isLive(lease.member()));
        }
        assertThat(other.isLive("ana")).isFalse();
    }
}
