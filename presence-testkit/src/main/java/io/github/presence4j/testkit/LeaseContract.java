package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Lease;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Leases: sessions that beat by themselves are sessions like any other. */
interface LeaseContract {
    /** The TTL. Beats need a third of it; the rest allows for a busy machine, until the store drops the departure. */
    Duration BEATEN_IN_TIME = Duration.ofMillis(4_500);

    @Test
    default void s1_aLeaseHoldsItsMemberBeyondTheTtl(TestContext stage) {
        PresenceTopic topic = stage.node().topic("held", TestContext.SHORT);
        PresenceTopic other = stage.peer().topic("held", TestContext.SHORT);
        RecordingWatcher watcher = stage.watch(other);
        try (Lease lease = topic.hold(Touch.of("ana").withData("data"))) {
            long end = stage.millis() + TestContext.SHORT.multipliedBy(2).toMillis();
            stage.until("two TTLs are over", () -> stage.millis() > end);
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
    default void s2_aMemberLeavesWithItsLastLease(TestContext stage) {
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
    default void s2_twoLeasesOfOneSessionEndWithTheSecond(TestContext stage) {
        PresenceTopic topic = stage.topic();
        Lease first = topic.hold("ana", "socket");
        Lease second = topic.hold("ana", "socket");
        first.close();
        assertThat(topic.isLive("ana")).isTrue();
        second.close();
        assertThat(topic.isLive("ana")).isFalse();
    }

    @Test
    default void s2_aPresenceThatIsClosedLeavesWhatItHeld(TestContext stage) {
        try (Presence other = stage.open(config -> config)) {
            other.topic("room").hold("ana");
            other.topic("room").hold("bo", "socket");
            assertThat(stage.topic().list()).containsExactlyInAnyOrder("ana", "bo");
        }
        assertThat(stage.topic().list()).isEqualTo(List.of());
    }

    @Test
    default void e3_aLeaseOutlivesAStoreThatIsAway(TestContext stage) {
        PresenceTopic topic = stage.node().topic("held", TestContext.SHORT);
        PresenceTopic other = stage.peer().topic("held", TestContext.SHORT);
        try (Lease lease = topic.hold("ana")) {
            stage.link().disturb(StoreFault.FOREIGN);
            stage.until("the member lapsed", () -> !other.isLive("ana"));
            stage.link().restore();
            stage.until("the lease is back", () -> other.isLive(lease.member()));
        }
        assertThat(other.isLive("ana")).isFalse();
    }

    @Test
    default void s5_holdingASessionThatLeftIsReportedAtOnce(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "tab");
        stage.peerTopic().leave("ana", "tab");
        try (Lease lease = topic.hold("ana", "tab")) {
            assertThat(lease.state()).isEqualTo(Lease.State.ENDED_ELSEWHERE);
            assertThat(ends(lease)).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(Lease.State.ENDED_ELSEWHERE);
        }
        assertThat(topic.isLive("ana")).isFalse();
    }

    @Test
    default void s6_aSessionStaysWhileALeaseUnderAnotherTtlHoldsIt(TestContext stage) {
        PresenceTopic topic = stage.topic();
        Lease first = topic.hold("ana", "socket");
        Lease second =
                stage.node().topic("room", TestContext.TTL.plusSeconds(1)).hold("ana", "socket");
        Lease third = topic.within(TestContext.TTL.dividedBy(2)).hold("ana", "socket");
        first.close();
        assertThat(stage.peerTopic().isLive("ana")).isTrue();
        third.close();
        assertThat(stage.peerTopic().isLive("ana")).isTrue();
        second.close();
        assertThat(stage.peerTopic().isLive("ana")).isFalse();
    }

    @Test
    default void s7_aLeaseThatIsOpenIsHeld(TestContext stage) {
        Lease lease = stage.topic().hold("ana");
        CompletableFuture<Lease.State> end = ends(lease);
        assertThat(lease.state()).isEqualTo(Lease.State.HELD);
        lease.close();
        assertThat(lease.state()).isEqualTo(Lease.State.CLOSED);
        assertThat(end).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(Lease.State.CLOSED);
    }

    /** Covers a leave of the session, a leave of the member, and closing a lease in another process. */
    @Test
    default void s7_aLeaseWhoseSessionLeftElsewhereEndsAndReportsIt(TestContext stage) {
        PresenceTopic here = stage.node().topic("ended", BEATEN_IN_TIME);
        PresenceTopic there = stage.peer().topic("ended", BEATEN_IN_TIME);
        List<Lease> leases = List.of(here.hold("ana", "tab"), here.hold("bo"), here.hold("cy", "tab"));
        List<CompletableFuture<Lease.State>> ends =
                leases.stream().map(LeaseContract::ends).toList();
        try (Lease other = here.hold("di")) {
            there.hold("cy", "tab").close();
            there.leave("ana", "tab");
            there.leave("bo");
            assertThat(ends)
                    .allSatisfy(end -> assertThat(end)
                            .succeedsWithin(Duration.ofSeconds(20))
                            .isEqualTo(Lease.State.ENDED_ELSEWHERE));
            assertThat(leases).extracting(Lease::state).containsOnly(Lease.State.ENDED_ELSEWHERE);
            assertThat(there.list()).containsExactly("di");
            assertThat(other.state()).isEqualTo(Lease.State.HELD);
        }
        leases.forEach(Lease::close);
        assertThat(leases).extracting(Lease::state).containsOnly(Lease.State.ENDED_ELSEWHERE);
    }

    @Test
    default void s7_aResetEndsNoLease(TestContext stage) {
        PresenceTopic topic = stage.node().topic("held", TestContext.SHORT);
        PresenceTopic other = stage.peer().topic("held", TestContext.SHORT);
        try (Lease lease = topic.hold("ana")) {
            other.reset();
            stage.until("the next beat brings the member back", () -> other.isLive("ana"));
            assertThat(lease.state()).isIn(Lease.State.HELD, Lease.State.UNCONFIRMED);
        }
        assertThat(other.isLive("ana")).isFalse();
    }

    @Test
    default void s7_aLeaseThatNoBeatReachesIsNotHeld(TestContext stage) {
        PresenceTopic topic = stage.node().topic("held", TestContext.SHORT);
        try (Lease lease = topic.hold("ana")) {
            stage.link().disturb(StoreFault.FOREIGN);
            stage.until("the beats fail", () -> lease.state() == Lease.State.UNCONFIRMED);
            stage.link().restore();
            stage.until("the beats succeed", () -> lease.state() == Lease.State.HELD);
        }
    }

    @Test
    default void s6_aLeaseTakenWhileAnotherOneIsClosedHoldsOrReportsThatItDoesNot(TestContext stage) {
        PresenceTopic topic = stage.topic();
        for (int i = 0; i < 50; i++) {
            String member = "ana " + i;
            Lease closing = topic.hold(member, "tab");
            CompletableFuture<Lease> taken = CompletableFuture.supplyAsync(() -> topic.hold(member, "tab"));
            closing.close();
            try (Lease lease = taken.join()) {
                assertThat(lease.state())
                        .isEqualTo(stage.peerTopic().isLive(member) ? Lease.State.HELD : Lease.State.ENDED_ELSEWHERE);
            }
        }
    }

    private static CompletableFuture<Lease.State> ends(Lease lease) {
        CompletableFuture<Lease.State> end = new CompletableFuture<>();
        lease.onEnd(end::complete);
        return end;
    }
}
