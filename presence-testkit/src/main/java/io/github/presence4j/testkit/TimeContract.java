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
    default void t1_isLiveTurnsOnTheExactMillisecond(Stage stage) {
        Boundary.probe(stage, Stage.TTL, Stage.TTL, topic -> topic.isLive(Boundary.MEMBER));
    }

    @Test
    default void t1_liveAmongTurnsOnTheExactMillisecond(Stage stage) {
        List<String> asked = List.of("other", Boundary.MEMBER);
        Boundary.probe(
                stage, Stage.TTL, Stage.TTL, topic -> !topic.liveAmong(asked).isEmpty());
    }

    @Test
    default void t1_lastSeenTurnsOnTheExactMillisecond(Stage stage) {
        Boundary.probe(
                stage,
                Stage.TTL,
                Stage.TTL,
                topic -> topic.lastSeen(Boundary.MEMBER).isPresent());
    }

    @Test
    default void t1_countTurnsOnTheExactMillisecond(Stage stage) {
        Boundary.probe(stage, Stage.TTL, Stage.TTL, topic -> topic.count() == 1);
    }

    @Test
    default void t1_pageTurnsOnTheExactMillisecond(Stage stage) {
        Boundary.probe(
                stage,
                Stage.TTL,
                Stage.TTL,
                topic -> !topic.page(null, 10).members().isEmpty());
    }

    @Test
    default void t1_listTurnsOnTheExactMillisecond(Stage stage) {
        Boundary.probe(stage, Stage.TTL, Stage.TTL, topic -> !topic.list().isEmpty());
    }

    @Test
    default void t1_touchTurnsOnTheExactMillisecond(Stage stage) {
        Boundary.probeOnce(stage, Stage.TTL, topic -> () -> !topic.touch(Boundary.MEMBER));
    }

    @Test
    default void t1_leaveTurnsOnTheExactMillisecond(Stage stage) {
        Boundary.probeOnce(stage, Stage.TTL, topic -> () -> topic.leave(Boundary.MEMBER));
    }

    @Test
    default void t1_theSweepTurnsOnTheExactMillisecond(Stage stage) {
        Boundary.probeOnce(stage, Stage.TTL, topic -> {
            History history = stage.history(stage.link(), topic);
            return () -> history.news().isEmpty();
        });
    }

    @Test
    default void t2_lastSeenIsTheTimeOfTheStore(Stage stage) {
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
    default void t2_timePassesForBothNodesAlike(Stage stage) {
        stage.topic().touch("ana");
        stage.elapse(Stage.TTL.minusSeconds(20));
        stage.peerTopic().touch("bo");
        assertThat(stage.topic().list()).containsExactlyInAnyOrder("ana", "bo");
        stage.elapse(Duration.ofSeconds(30));
        assertThat(stage.topic().list()).containsExactly("bo");
        assertThat(stage.peerTopic().list()).containsExactly("bo");
    }

    @Test
    default void t3_aClockThatIsSetBackTakesNobodyBack(Stage stage) {
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
    default void t3_lastSeenOnlyGrowsWhileManyTouch(Stage stage) throws InterruptedException {
        stage.topic().touch("ana");
        Crowd.run(thread -> () -> {
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
    default void t4_aTtlIsNotCutToSeconds(Stage stage) {
        Duration ttl = Duration.ofMillis(1_999);
        Boundary.probe(stage, ttl, ttl, topic -> topic.isLive(Boundary.MEMBER));
    }

    @Test
    default void t4_aTtlBelowASecondIsExact(Stage stage) {
        Duration ttl = Duration.ofMillis(500);
        Boundary.probe(stage, ttl, ttl, topic -> topic.isLive(Boundary.MEMBER));
    }

    @Test
    default void t4_theShortestTtlIsOneMillisecond(Stage stage) {
        PresenceTopic topic = stage.fresh(Duration.ofMillis(1));
        for (int i = 0; i < 50; i++) {
            String member = "m" + i;
            assertThat(topic.touch(member)).isTrue();
            long after = stage.millis();
            stage.deadline().await("the next but one millisecond", () -> stage.millis() > after + 1);
            assertThat(topic.isLive(member)).isFalse();
            assertThat(topic.touch(member)).as("joins anew").isTrue();
        }
    }

    @Test
    default void t4_theLongestTtlIsAYear(Stage stage) {
        PresenceTopic topic = stage.fresh(Duration.ofDays(365));
        topic.touch("ana");
        stage.elapse(Duration.ofDays(365).minusMinutes(1));
        assertThat(topic.list()).containsExactly("ana");
        assertThat(topic.touch("bo")).isTrue();
        stage.elapse(Duration.ofMinutes(2));
        assertThat(topic.list()).containsExactly("bo");
    }

    @Test
    default void t5_theTtlOfTheLastTouchJudgesTheWholeTopic(Stage stage) {
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
    default void t5_aLongerTtlBringsNobodyBackWhoHadLapsed(Stage stage) {
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
    default void t5_aReaderDoesNotChangeTheTtl(Stage stage) {
        stage.node().topic("read", Duration.ofHours(1)).touch("ana");
        PresenceTopic reader = stage.peer().topic("read", Duration.ofSeconds(1));
        stage.elapse(Duration.ofMinutes(30));
        assertThat(reader.isLive("ana")).isTrue();
        assertThat(reader.list()).containsExactly("ana");
        assertThat(reader.leave("nobody")).isFalse();
        assertThat(reader.isLive("ana")).isTrue();
    }

    @Test
    default void t6_aWindowTurnsOnTheExactMillisecond(Stage stage) {
        Boundary.probe(stage, Stage.TTL, Duration.ofMillis(1_500), topic -> topic.isLive(Boundary.MEMBER));
    }

    @Test
    default void t6_aWindowAppliesToEveryRead(Stage stage) {
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
    default void t6_aWindowIsNeverLongerThanTheRecordedTtl(Stage stage) {
        stage.node().topic("short", Duration.ofSeconds(10)).touch("ana");
        PresenceTopic wide = stage.peer().topic("short", Duration.ofHours(1)).within(Duration.ofMinutes(30));
        assertThat(wide.isLive("ana")).isTrue();
        stage.elapse(Duration.ofSeconds(15));
        assertThat(wide.isLive("ana")).isFalse();
        assertThat(wide.count()).isZero();
        assertThat(wide.list()).isEmpty();
    }
}
