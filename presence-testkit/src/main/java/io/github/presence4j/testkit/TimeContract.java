package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.PresenceTopic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules T1 to T6: time. */
interface TimeContract {

    @Test
    default void t1_isLiveTurnsOnTheExactMillisecond(TestContext stage) {
        TtlBoundaryProbe.probe(stage, TestContext.TTL, TestContext.TTL, topic -> topic.isLive(TtlBoundaryProbe.MEMBER));
    }

    @Test
    default void t1_liveAmongTurnsOnTheExactMillisecond(TestContext stage) {
        List<String> asked = List.of("other", TtlBoundaryProbe.MEMBER);
        TtlBoundaryProbe.probe(
                stage,
                TestContext.TTL,
                TestContext.TTL,
                topic -> !topic.liveAmong(asked).isEmpty());
    }

    @Test
    default void t1_lastSeenTurnsOnTheExactMillisecond(TestContext stage) {
        TtlBoundaryProbe.probe(
                stage,
                TestContext.TTL,
                TestContext.TTL,
                topic -> topic.lastSeen(TtlBoundaryProbe.MEMBER).isPresent());
    }

    @Test
    default void t1_countTurnsOnTheExactMillisecond(TestContext stage) {
        TtlBoundaryProbe.probe(stage, TestContext.TTL, TestContext.TTL, topic -> topic.count() == 1);
    }

    @Test
    default void t1_pageTurnsOnTheExactMillisecond(TestContext stage) {
        TtlBoundaryProbe.probe(
                stage,
                TestContext.TTL,
                TestContext.TTL,
                topic -> !topic.page(null, 10).members().isEmpty());
    }

    @Test
    default void t1_listTurnsOnTheExactMillisecond(TestContext stage) {
        TtlBoundaryProbe.probe(
                stage, TestContext.TTL, TestContext.TTL, topic -> !topic.list().isEmpty());
    }

    @Test
    default void t1_touchTurnsOnTheExactMillisecond(TestContext stage) {
        TtlBoundaryProbe.probeOnce(stage, TestContext.TTL, topic -> () -> !topic.touch(TtlBoundaryProbe.MEMBER));
    }

    @Test
    default void t1_leaveTurnsOnTheExactMillisecond(TestContext stage) {
        TtlBoundaryProbe.probeOnce(stage, TestContext.TTL, topic -> () -> topic.leave(TtlBoundaryProbe.MEMBER));
    }

    @Test
    default void t1_theSweepTurnsOnTheExactMillisecond(TestContext stage) {
        TtlBoundaryProbe.probeOnce(stage, TestContext.TTL, topic -> {
            ManualWatcher history = stage.history(stage.link(), topic);
            return () -> history.changes().isEmpty();
        });
    }

    @Test
    default void t2_lastSeenIsTheTimeOfTheStore(TestContext stage) {
        Instant before = stage.now();
        stage.topic().touch("ana");
        stage.peerTopic().touch("bo");
        Instant after = stage.now();
        assertThat(List.of(
                        stage.topic().lastSeen("ana").orElseThrow(),
                        stage.topic().lastSeen("bo").orElseThrow()))
                .allSatisfy(seen -> assertThat(seen).isBetween(before, after))
                .allSatisfy(seen -> assertThat(seen).isEqualTo(seen.truncatedTo(ChronoUnit.MILLIS)));
    }

    @Test
    default void t2_timePassesForBothNodesAlike(TestContext stage) {
        stage.topic().touch("ana");
        stage.elapse(TestContext.TTL.minusSeconds(20));
        stage.peerTopic().touch("bo");
        assertThat(stage.topic().list()).containsExactlyInAnyOrder("ana", "bo");
        stage.elapse(Duration.ofSeconds(30));
        assertThat(stage.topic().list()).containsExactly("bo");
        assertThat(stage.peerTopic().list()).containsExactly("bo");
    }

    @Test
    default void t3_aClockThatIsSetBackTakesNobodyBack(TestContext stage) {
        PresenceTopic topic = stage.fresh(Duration.ofHours(2));
        topic.touch("ana");
        topic.touch("bo", "tab", "data");
        stage.elapse(Duration.ofHours(-1));
        Instant ana = topic.lastSeen("ana").orElseThrow();
        Instant bo = topic.lastSeen("bo").orElseThrow();
        assertThat(topic.touch("ana")).isFalse();
        assertThat(topic.touch("bo", "tab")).isFalse();
        assertThat(topic.lastSeen("ana").orElseThrow()).isAfterOrEqualTo(ana);
        assertThat(topic.lastSeen("bo").orElseThrow()).isAfterOrEqualTo(bo);
    }

    @Test
    default void t3_lastSeenOnlyGrowsWhileManyTouch(TestContext stage) throws InterruptedException {
        stage.topic().touch("ana");
        ConcurrentRun.run(thread -> () -> {
            PresenceTopic topic = thread % 2 == 0 ? stage.topic() : stage.peerTopic();
            Instant last = Instant.MIN;
            for (int i = 0; i < 100; i++) {
                topic.touch("ana");
                Instant seen = topic.lastSeen("ana").orElseThrow();
                assertThat(seen).isAfterOrEqualTo(last);
                last = seen;
            }
            return last;
        });
    }

    @Test
    default void t4_aTtlIsNotCutToSeconds(TestContext stage) {
        Duration ttl = Duration.ofMillis(1_999);
        TtlBoundaryProbe.probe(stage, ttl, ttl, topic -> topic.isLive(TtlBoundaryProbe.MEMBER));
    }

    @Test
    default void t4_aTtlBelowASecondIsExact(TestContext stage) {
        Duration ttl = Duration.ofMillis(500);
        TtlBoundaryProbe.probe(stage, ttl, ttl, topic -> topic.isLive(TtlBoundaryProbe.MEMBER));
    }

    @Test
    default void t4_theShortestTtlIsOneMillisecond(TestContext stage) {
        PresenceTopic topic = stage.fresh(Duration.ofMillis(1));
        for (int i = 0; i < 50; i++) {
            String member = "m" + i;
            assertThat(topic.touch(member)).isTrue();
            long after = stage.millis();
            stage.until("the next but one millisecond", () -> stage.millis() > after + 1);
            assertThat(topic.isLive(member)).isFalse();
            assertThat(topic.touch(member)).as("joins anew").isTrue();
        }
    }

    @Test
    default void t4_theLongestTtlIsAYear(TestContext stage) {
        PresenceTopic topic = stage.fresh(Duration.ofDays(365));
        topic.touch("ana");
        stage.elapse(Duration.ofDays(365).minusMinutes(1));
        assertThat(topic.list()).containsExactly("ana");
        assertThat(topic.touch("bo")).isTrue();
        stage.elapse(Duration.ofMinutes(2));
        assertThat(topic.list()).containsExactly("bo");
    }

    @Test
    default void t5_theTtlOfTheLastTouchJudgesTheWholeTopic(TestContext stage) {
        PresenceTopic hour = stage.node().topic("deployed", Duration.ofHours(1));
        PresenceTopic minutes = stage.peer().topic("deployed", Duration.ofMinutes(5));
        minutes.touch("ana");
        hour.touch("bo");
        stage.elapse(Duration.ofMinutes(10));
        assertThat(minutes.list()).as("by the longer TTL").containsExactlyInAnyOrder("ana", "bo");
        minutes.touch("cy");
        assertThat(hour.list()).as("by the shorter TTL").containsExactly("cy");
        assertThat(hour.count()).isEqualTo(1);
        assertThat(hour.liveAmong(List.of("ana", "bo", "cy"))).containsExactly("cy");
    }

    @Test
    default void t5_aLongerTtlBringsNobodyBackWhoHadLapsed(TestContext stage) {
        PresenceTopic minutes = stage.node().topic("deployed", Duration.ofMinutes(5));
        PresenceTopic hour = stage.peer().topic("deployed", Duration.ofHours(1));
        minutes.touchAll(List.of("ana", "bo"));
        stage.elapse(Duration.ofSeconds(330));
        assertThat(hour.touch("cy")).isTrue();
        assertThat(hour.list()).containsExactly("cy");
        assertThat(hour.isLive("ana")).isFalse();
        assertThat(hour.touch("ana")).as("joins again").isTrue();
        assertThat(hour.count()).isEqualTo(2);
    }

    @Test
    default void t5_aReaderDoesNotChangeTheTtl(TestContext stage) {
        stage.node().topic("read", Duration.ofHours(1)).touch("ana");
        PresenceTopic reader = stage.peer().topic("read", Duration.ofSeconds(1));
        stage.elapse(Duration.ofMinutes(30));
        assertThat(reader.isLive("ana")).isTrue();
        assertThat(reader.list()).containsExactly("ana");
        assertThat(reader.leave("nobody")).isFalse();
        assertThat(reader.isLive("ana")).isTrue();
    }

    @Test
    default void t6_aWindowTurnsOnTheExactMillisecond(TestContext stage) {
        TtlBoundaryProbe.probe(
                stage, TestContext.TTL, Duration.ofMillis(1_500), topic -> topic.isLive(TtlBoundaryProbe.MEMBER));
    }

    @Test
    default void t6_aWindowAppliesToEveryRead(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "old");
        stage.elapse(Duration.ofSeconds(20));
        topic.touch("ana", "new");
        topic.touch("bo");
        stage.elapse(Duration.ofSeconds(20));
        topic.touch("cy");
        assertThat(topic.list()).containsExactlyInAnyOrder("ana", "bo", "cy");
        PresenceTopic active = topic.within(Duration.ofSeconds(10));
        assertThat(active.list()).containsExactly("cy");
        assertThat(active.page(null, 10).members()).extracting(Member::id).containsExactly("cy");
        assertThat(active.count()).isEqualTo(1);
        assertThat(active.liveAmong(List.of("ana", "cy"))).containsExactly("cy");
        assertThat(active.isLive("bo")).isFalse();
        assertThat(active.lastSeen("bo")).isEmpty();
        assertThat(active.member("bo")).isEmpty();
        PresenceTopic recent = topic.within(Duration.ofSeconds(30));
        assertThat(recent.member("ana").orElseThrow().sessions())
                .extracting(session -> session.id())
                .containsExactly("new");
    }

    @Test
    default void t6_aWindowIsNeverLongerThanTheRecordedTtl(TestContext stage) {
        stage.node().topic("short", Duration.ofSeconds(10)).touch("ana");
        PresenceTopic wide = stage.peer().topic("short", Duration.ofHours(1)).within(Duration.ofMinutes(30));
        assertThat(wide.isLive("ana")).isTrue();
        stage.elapse(Duration.ofSeconds(15));
        assertThat(wide.isLive("ana")).isFalse();
        assertThat(wide.count()).isZero();
        assertThat(wide.list()).isEmpty();
    }
}
