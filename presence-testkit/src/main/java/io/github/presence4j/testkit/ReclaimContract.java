package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules G1 to G4: reclaim, reset, isolation. */
interface ReclaimContract {

    @Test
    default void g1_aTopicLeftAloneOccupiesNothing(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touchAll(MemberNames.of("m", 100));
        topic.touch("ana", "tab", "data");
        topic.leave("ana", "tab");
        assertThat(stage.occupied(topic)).isGreaterThanOrEqualTo(100);
        stage.elapse(TestContext.TTL.plusMinutes(1).plusSeconds(1));
        stage.until("nothing of the topic is left", () -> stage.occupied(topic) == 0);
        assertThat(topic.count()).isZero();
        assertThat(topic.touch("ana", "tab")).isTrue();
    }

    @Test
    default void g1_aTopicThatWasWatchedAndResetOccupiesNothing(TestContext stage) {
        PresenceTopic topic = stage.topic();
        try (Presence other = stage.open(config -> config);
                RecordingWatcher watcher = RecordingWatcher.of(other.topic("room"), stage.patience())) {
            topic.touch("ana");
            watcher.awaitView(List.of("ana"));
            topic.reset();
            watcher.awaitView(List.of());
        }
        stage.elapse(TestContext.TTL.plusMinutes(1).plusSeconds(1));
        stage.until("nothing of the topic is left", () -> stage.occupied(topic) == 0);
    }

    @Test
    default void g1_aTopicInUseIsKept(TestContext stage) {
        PresenceTopic topic = stage.topic();
        for (int i = 0; i < 5; i++) {
            topic.touch("ana", "tab " + i, "data");
            topic.touch("bo");
            stage.elapse(Duration.ofSeconds(50));
        }
        assertThat(topic.list()).containsExactlyInAnyOrder("ana", "bo");
        assertThat(stage.occupied(topic)).isGreaterThanOrEqualTo(2);
    }

    @Test
    default void g2_trafficReclaimsWhoLapsed(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touchAll(MemberNames.of("lapsed ", 1_000));
        stage.elapse(Duration.ofSeconds(30));
        topic.touch("stayer");
        stage.elapse(Duration.ofSeconds(31));
        for (int i = 0; i < TestContext.TRAFFIC; i++) {
            topic.touch("stayer");
            topic.touch("new " + i);
        }
        assertThat(topic.count()).isEqualTo(TestContext.TRAFFIC + 1);
        stage.until(
                "the lapsed are reclaimed", () -> stage.occupied(topic) <= TestContext.TRAFFIC + 1 + TestContext.REST);
    }

    @Test
    default void g2_whatTrafficReclaimsIsTold(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touchAll(MemberNames.of("lapsed ", 20));
        stage.elapse(Duration.ofSeconds(59));
        ManualWatcher history = stage.history(stage.peerLink(), topic);
        stage.elapse(Duration.ofSeconds(2));
        for (int i = 0; i < TestContext.TRAFFIC; i++) {
            topic.touch("new " + i);
        }
        List<PresenceEvent> events = history.changes();
        assertThat(events).hasSize(TestContext.TRAFFIC + 20);
        assertThat(events).filteredOn(TestContext::isTimeout).hasSize(20);
    }

    @Test
    default void g3_aResetIsOneEventInANewEpoch(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touchAll(MemberNames.of("m", 50));
        RecordingWatcher watcher = stage.watch(stage.peerTopic());
        topic.touch("ana", "tab", "data");
        watcher.await("the newcomer", events -> events.size() == 2);
        topic.reset();
        assertThat(topic.list()).isEmpty();
        assertThat(topic.count()).isZero();
        assertThat(stage.peerTopic().isLive("ana")).isFalse();
        watcher.await("the reset", events -> events.size() == 3);
        topic.touch("bo");
        watcher.awaitView(List.of("bo"));
        List<PresenceEvent> changes = watcher.changes();
        assertThat(changes).hasSize(3);
        assertThat(changes.get(1)).isInstanceOf(PresenceEvent.Reset.class);
        long before = changes.get(0).position().epoch();
        long after = changes.get(1).position().epoch();
        assertThat(after).as("epoch").isNotEqualTo(before);
        assertThat(changes.get(2).position().epoch()).isEqualTo(after);
    }

    @Test
    default void g3_aResetIsAtomic(TestContext stage) throws InterruptedException {
        PresenceTopic topic = stage.topic();
        Set<String> members = MemberNames.of("m", 30);
        for (int round = 0; round < 10; round++) {
            topic.touchAll(members);
            ConcurrentRun.run(thread -> () -> {
                if (thread == 0) {
                    topic.reset();
                    return 0;
                }
                int found;
                do {
                    found = stage.peerTopic().page(null, 1_000).members().size();
                    assertThat(found).isIn(0, members.size());
                } while (found > 0);
                return found;
            });
        }
    }

    @Test
    default void g3_everyResetBeginsAnotherEpoch(TestContext stage) {
        PresenceTopic topic = stage.topic();
        RecordingWatcher watcher = stage.watch(topic);
        for (int i = 0; i < 5; i++) {
            int resets = i + 1;
            topic.reset();
            watcher.await("reset", events -> events.size() == 1 + resets);
        }
        assertThat(watcher.changes()).allMatch(event -> event instanceof PresenceEvent.Reset);
        assertThat(watcher.changes())
                .extracting(event -> event.position().epoch())
                .doesNotHaveDuplicates();
    }

    @Test
    default void g4_topicsDoNotTouchEachOther(TestContext stage) {
        PresenceTopic one = stage.node().topic("one");
        PresenceTopic two = stage.node().topic("two", Duration.ofSeconds(30));
        RecordingWatcher watcher = stage.watch(two);
        one.touchAll(List.of("ana", "bo"));
        two.touch("ana", "tab");
        assertThat(one.leave("ana")).isTrue();
        assertThat(two.list()).containsExactly("ana");
        stage.elapse(Duration.ofSeconds(20));
        assertThat(two.touch("cy")).isTrue();
        one.reset();
        assertThat(two.list()).containsExactlyInAnyOrder("ana", "cy");
        assertThat(one.list()).isEmpty();
        watcher.awaitView(List.of("ana", "cy"));
        assertThat(watcher.changes()).hasSize(2);
        one.touch("ana");
        stage.elapse(Duration.ofSeconds(40));
        assertThat(one.isLive("ana")).as("by its own TTL").isTrue();
        assertThat(two.list()).isEmpty();
    }

    @Test
    default void g4_namespacesKeepApplicationsApart(TestContext stage) {
        Presence other = stage.open(config -> config.namespace(stage.namespace() + " other"));
        stage.topic().touch("ana");
        other.topic("room").touch("bo");
        assertThat(stage.topic().list()).containsExactly("ana");
        assertThat(other.topic("room").list()).containsExactly("bo");
        other.topic("room").reset();
        assertThat(stage.topic().list()).containsExactly("ana");
    }

    @Test
    default void g4_namesThatLookAlikeTogetherStayApart(TestContext stage) {
        Presence colon = stage.open(config -> config.namespace(stage.namespace() + ":a"));
        Presence plain = stage.open(config -> config.namespace(stage.namespace()));
        List<PresenceTopic> topics = List.of(
                colon.topic("b"),
                plain.topic("a:b"),
                plain.topic("a}b"),
                plain.topic("{a}b"),
                plain.topic("a"),
                plain.topic(" a"),
                plain.topic("A"));
        for (int i = 0; i < topics.size(); i++) {
            topics.get(i).touch("m" + i);
        }
        for (int i = 0; i < topics.size(); i++) {
            assertThat(topics.get(i).list()).containsExactly("m" + i);
        }
        PresenceTopic topic = stage.topic();
        topic.touch("a", "b:c", "1");
        topic.touch("a:b", "c", "2");
        assertThat(topic.leave("a", "b:c")).isTrue();
        assertThat(topic.member("a:b").orElseThrow().sessions())
                .extracting(session -> session.data())
                .containsExactly("2");
    }
}
