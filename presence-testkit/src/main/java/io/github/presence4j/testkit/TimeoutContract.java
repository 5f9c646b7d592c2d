package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.spi.Changes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules W4 and W7: timeouts. */
interface TimeoutContract {

    @Test
    default void w4_aTimeoutIsNeverTooEarlyNorTooLate(TestContext stage) {
        Duration ttl = Duration.ofMillis(300);
        PresenceTopic topic = stage.node().topic("short", ttl);
        RecordingWatcher watcher = stage.watch(stage.peer().topic("short", ttl));
        for (int i = 0; i < 3; i++) {
            long before = stage.millis();
            topic.touch("ana");
            long after = stage.millis();
            int timeouts = i + 1;
            watcher.await("the timeout", events -> timeouts(events) == timeouts);
            long told = stage.millis();
            assertThat(told).isGreaterThan(before + ttl.toMillis());
            assertThat(told)
                    .isLessThan(after
                            + ttl.plus(TestContext.SWEEP)
                                    .plus(TestContext.SLACK)
                                    .toMillis());
        }
        assertThat(watcher.changes()).hasSize(6).noneMatch(PresenceEvent::synthetic);
    }

    @Test
    default void w4_aTimeoutIsNotRecordedBeforeItIsDue(TestContext stage) {
        int met = 0;
        for (int i = 0; i < 100 && met < 3; i++) {
            PresenceTopic topic = stage.fresh(TestContext.TTL);
            topic.touch("ana");
            stage.elapse(TestContext.TTL.minusMillis(30));
            ManualWatcher history = stage.history(stage.peerLink(), topic);
            Optional<Instant> lastSeen = topic.lastSeen("ana");
            if (lastSeen.isPresent()) {
                stage.until("the timeout", () -> !history.changes().isEmpty());
                assertThat(stage.now()).as("recorded").isAfter(lastSeen.get().plus(TestContext.TTL));
                met++;
            }
        }
        assertThat(met).as("timeouts that were watched").isEqualTo(3);
    }

    @Test
    default void w4_aTimeoutOfALongTtlIsToldWhenItIsDue(TestContext stage) {
        Duration ttl = Duration.ofHours(1);
        PresenceTopic topic = stage.node().topic("long", ttl);
        topic.touch("ana");
        stage.elapse(ttl.minusSeconds(1));
        RecordingWatcher watcher = stage.watch(stage.peer().topic("long", ttl));
        long begin = System.nanoTime();
        watcher.await("the timeout", events -> timeouts(events) == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isLessThan(Duration.ofSeconds(1).plus(TestContext.SWEEP).plus(TestContext.SLACK));
    }

    @Test
    default void w4_theNextTimeoutIsNotAnnouncedTooLate(TestContext stage) {
        PresenceTopic topic = stage.topic();
        ManualWatcher history = stage.history(stage.link(), topic);
        assertThat(history.last().untilNext()).isEqualTo(Changes.NEVER);
        topic.touch("ana");
        stage.elapse(Duration.ofSeconds(15));
        topic.touch("bo");
        history.changes();
        assertThat(history.last().untilNext()).isPositive().isLessThan(Duration.ofSeconds(46));
        topic.leave("ana");
        topic.leave("bo");
        history.changes();
        assertThat(history.last().untilNext()).isEqualTo(Changes.NEVER);
    }

    @Test
    default void w4_aTimeoutIsToldAlthoughTheProcessThatTouchedIsGone(TestContext stage) {
        try (Presence other = stage.open(config -> config)) {
            other.topic("room").touch("ana");
        }
        RecordingWatcher watcher = stage.watch(stage.peerTopic());
        assertThat(watcher.view()).containsExactly("ana");
        stage.pass(TestContext.TTL.plusMillis(1));
        watcher.awaitView(List.of());
        assertThat(watcher.changes()).hasSize(1).allMatch(TestContext::isTimeout);
    }

    @Test
    default void w4_whoIsTouchedInTimeDoesNotTimeOut(TestContext stage) {
        RecordingWatcher watcher = stage.watch(stage.peerTopic());
        PresenceTopic topic = stage.topic();
        topic.touch("ana");
        topic.touch("bo");
        for (int i = 0; i < 5; i++) {
            stage.pass(Duration.ofSeconds(40));
            assertThat(topic.touch("ana")).isFalse();
        }
        topic.touch("end");
        watcher.awaitView(List.of("ana", "end"));
        assertThat(watcher.changes())
                .extracting(event -> ((PresenceEvent.OfMember) event).member())
                .containsExactly("ana", "bo", "bo", "end");
    }

    @Test
    default void w4_aLapseThatNobodySawIsRecordedByTheNextTouch(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana");
        stage.elapse(Duration.ofSeconds(59));
        ManualWatcher history = stage.history(stage.peerLink(), topic);
        stage.elapse(Duration.ofSeconds(2));
        assertThat(topic.touch("ana")).as("it had lapsed").isTrue();
        List<PresenceEvent> events = history.changes();
        assertThat(events).extracting(event -> event.getClass().getSimpleName()).containsExactly("TimedOut", "Joined");
    }

    @Test
    default void w4_aLapseThatNobodySawIsNoLeave(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "tab");
        stage.elapse(Duration.ofSeconds(59));
        ManualWatcher history = stage.history(stage.peerLink(), topic);
        stage.elapse(Duration.ofSeconds(2));
        assertThat(topic.leave("ana", "tab")).isFalse();
        assertThat(history.changes()).hasSize(1).allMatch(TestContext::isTimeout);
    }

    @Test
    default void w4_aMemberTimesOutWithItsLastSession(TestContext stage) {
        RecordingWatcher watcher = stage.watch(stage.peerTopic());
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "a");
        stage.pass(Duration.ofSeconds(30));
        topic.touch("ana", "b");
        stage.pass(Duration.ofSeconds(40));
        topic.touch("bo");
        watcher.awaitView(List.of("ana", "bo"));
        topic.leave("bo");
        stage.pass(Duration.ofSeconds(30));
        watcher.await("the timeout", events -> timeouts(events) == 1);
        assertThat(watcher.changes())
                .extracting(event -> ((PresenceEvent.OfMember) event).member())
                .containsExactly("ana", "bo", "bo", "ana");
    }

    @Test
    default void w7_twoWatchersRecordATimeoutOnce(TestContext stage) {
        Set<String> members = MemberNames.of("m", 20);
        stage.topic().touchAll(members);
        RecordingWatcher here = stage.watch(stage.topic());
        RecordingWatcher there = stage.watch(stage.peerTopic());
        stage.pass(TestContext.TTL.plusMillis(1));
        here.awaitView(List.of());
        there.awaitView(List.of());
        assertThat(here.changes()).hasSize(20).allMatch(TestContext::isTimeout).isEqualTo(there.changes());
    }

    @Test
    default void w7_manySweepersRecordATimeoutOnce(TestContext stage) throws InterruptedException {
        PresenceTopic topic = stage.topic();
        Set<String> members = MemberNames.of("m", 50);
        topic.touchAll(members);
        stage.elapse(Duration.ofSeconds(59));
        List<ManualWatcher> histories = new ArrayList<>();
        for (int i = 0; i < ConcurrentRun.SIZE; i++) {
            histories.add(stage.history(i % 2 == 0 ? stage.link() : stage.peerLink(), topic));
        }
        stage.elapse(Duration.ofSeconds(2));
        List<List<PresenceEvent>> told =
                ConcurrentRun.run(thread -> () -> histories.get(thread).changes());
        assertThat(told.get(0))
                .hasSize(50)
                .allMatch(TestContext::isTimeout)
                .extracting(event -> ((PresenceEvent.OfMember) event).member())
                .containsExactlyInAnyOrderElementsOf(members);
        assertThat(told).containsOnly(told.get(0));
    }

    private static long timeouts(List<PresenceEvent> events) {
        return events.stream().filter(TestContext::isTimeout).count();
    }
}
