package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules S1 to S5: sessions and data. */
interface SessionContract {

    @Test
    default void s1_aTouchWithoutASessionIsTheDefaultSession(TestContext stage) {
        PresenceTopic topic = stage.topic();
        assertThat(topic.touch("ana")).isTrue();
        assertThat(topic.touch("ana")).isFalse();
        assertThat(sessions(topic)).extracting(Session::id).containsExactly((String) null);
    }

    @Test
    default void s1_sessionsAreListedFromTheLongestKnown(TestContext stage) {
        PresenceTopic topic = stage.topic();
        assertThat(topic.touch("ana", "tab 2")).isTrue();
        assertThat(topic.touch("ana")).isFalse();
        assertThat(topic.touch("ana", "tab 1", "{}")).isFalse();
        assertThat(topic.touch("ana", "tab 2")).isFalse();
        assertThat(sessions(topic)).extracting(Session::id).containsExactly("tab 2", null, "tab 1");
        assertThat(topic.list()).containsExactly("ana");
        assertThat(topic.count()).isEqualTo(1);
    }

    @Test
    default void s1_aMemberWasLastSeenWhenItsFreshestSessionWas(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "old");
        stage.elapse(Duration.ofSeconds(10));
        topic.touch("ana", "new");
        Instant newest = newest(topic);
        assertThat(topic.lastSeen("ana")).contains(newest);
        assertThat(topic.member("ana").orElseThrow().lastSeen()).isEqualTo(newest);
        topic.leave("ana", "new");
        assertThat(topic.lastSeen("ana")).contains(newest(topic));
        assertThat(topic.lastSeen("ana").orElseThrow())
                .isBeforeOrEqualTo(stage.now().minusSeconds(10));
    }

    @Test
    default void s1_touchesOfOneCallApplyInTheirOrder(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("bo");
        assertThat(topic.touch(List.of(
                        Touch.of("ana", "a").withData("1"),
                        Touch.of("bo"),
                        Touch.of("ana", "b").withData("2"),
                        Touch.of("ana", "a").withData("3"),
                        Touch.of("cy"))))
                .containsExactlyInAnyOrder("ana", "cy");
        assertThat(sessions(topic)).extracting(Session::data).containsExactly("3", "2");
    }

    @Test
    default void s2_theMemberLeavesWithItsLastSession(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana");
        topic.touch("ana", "tab 1");
        topic.touch("ana", "tab 2");
        assertThat(topic.leave("ana", "tab 1")).isFalse();
        assertThat(topic.isLive("ana")).isTrue();
        assertThat(topic.leave("ana", "tab 2")).isFalse();
        assertThat(sessions(topic)).extracting(Session::id).containsExactly((String) null);
        assertThat(topic.leave("ana")).isTrue();
        assertThat(topic.isLive("ana")).isFalse();
        topic.touch("bo", "tab");
        assertThat(topic.leave("bo", "tab")).isTrue();
        assertThat(topic.list()).isEmpty();
    }

    @Test
    default void s2_leaveOfAMemberEndsAllItsSessions(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana");
        topic.touch("ana", "tab 1");
        topic.touch("ana", "tab 2");
        topic.touch("bo", "tab 1");
        assertThat(topic.leave("ana")).isTrue();
        assertThat(topic.list()).containsExactly("bo");
        assertThat(topic.leave("ana")).isFalse();
    }

    @Test
    default void s2_leaveTellsOfAnEndOnlyWhereThereWasALife(TestContext stage) {
        PresenceTopic topic = stage.topic();
        assertThat(topic.leave("nobody")).isFalse();
        assertThat(topic.leave("nobody", "tab")).isFalse();
        topic.touch("ana");
        assertThat(topic.leave("ana", "not there")).isFalse();
        assertThat(topic.isLive("ana")).isTrue();
        stage.elapse(TestContext.TTL.plusSeconds(5));
        assertThat(topic.leave("ana")).as("lapsed already").isFalse();
    }

    @Test
    default void s3_lapsedSessionsDoNotCount(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "crashed");
        stage.elapse(Duration.ofSeconds(40));
        topic.touch("ana", "tab");
        stage.elapse(Duration.ofSeconds(40));
        assertThat(sessions(topic)).extracting(Session::id).containsExactly("tab");
        assertThat(topic.leave("ana", "tab")).as("the last live session").isTrue();
        assertThat(topic.isLive("ana")).isFalse();
        assertThat(topic.touch("ana")).isTrue();
    }

    @Test
    default void s3_aMemberLivesAsLongAsOneSession(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "a");
        for (int i = 0; i < 6; i++) {
            stage.elapse(Duration.ofSeconds(50));
            assertThat(topic.touch("ana", i % 2 == 0 ? "b" : "a"))
                    .as("round " + i)
                    .isFalse();
        }
        stage.elapse(Duration.ofSeconds(70));
        assertThat(topic.isLive("ana")).isFalse();
        assertThat(topic.member("ana")).isEmpty();
    }

    @Test
    default void s3_aLapsedSessionTakesItsDataAlong(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "a", "old");
        stage.elapse(Duration.ofSeconds(40));
        topic.touch("ana", "b");
        stage.elapse(Duration.ofSeconds(40));
        topic.touch("ana", "a");
        assertThat(sessions(topic)).extracting(Session::data).containsOnlyNulls();
    }

    @Test
    default void s4_aTouchWithoutDataKeepsTheDataThatIsThere(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "tab", "here");
        topic.touch("ana", "tab");
        assertThat(data(topic)).isEqualTo("here");
        topic.touch(List.of(Touch.of("bo").withData("there"), Touch.of("bo")));
        topic.touch("bo");
        assertThat(topic.member("bo").orElseThrow().sessions())
                .extracting(Session::data)
                .containsExactly("there");
    }

    @Test
    default void s4_dataThatDiffersIsAnUpdateAndNothingElse(TestContext stage) {
        RecordingWatcher watcher = stage.watch(stage.peerTopic());
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "tab", "1");
        assertThat(topic.touch("ana", "tab", "1")).isFalse();
        assertThat(topic.touch("ana", "tab", "2")).isFalse();
        assertThat(topic.touch("ana", "tab", "")).isFalse();
        assertThat(topic.touch("ana", "other", "3")).isFalse();
        topic.touch("end");
        watcher.awaitView(List.of("ana", "end"));
        assertThat(watcher.changes().stream().map(SessionContract::told).toList())
                .containsExactly("joined ana 1", "updated ana 2", "updated ana ", "updated ana 3", "joined end null");
        assertThat(data(topic)).isEmpty();
    }

    @Test
    default void s4_whoLeavesTakesTheDataAlong(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch(List.of(Touch.of("ana").withData("old")));
        topic.leave("ana");
        topic.touch("ana");
        assertThat(data(topic)).isNull();
    }

    @Test
    default void s5_aSessionThatLeftIsNotRevivedByALateHeartbeat(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "tab");
        topic.leave("ana", "tab");
        assertThat(stage.peerTopic().touch("ana", "tab")).isFalse();
        assertThat(stage.peerTopic().touch(Touch.of("ana", "tab"))).isEqualTo(TouchResult.IGNORED);
        assertThat(topic.isLive("ana")).isFalse();
        stage.elapse(TestContext.TTL.minusSeconds(10));
        assertThat(topic.touch(List.of(Touch.of("ana", "tab").withData("late"), Touch.of("bo"))))
                .containsExactly("bo");
        assertThat(topic.isLive("ana")).isFalse();
        stage.elapse(Duration.ofMinutes(2));
        assertThat(topic.touch("ana", "tab")).as("long after").isTrue();
    }

    @Test
    default void s5_aLateHeartbeatDoesNotKeepTheRestOfTheMemberAlive(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana");
        topic.touch("ana", "tab");
        topic.leave("ana", "tab");
        stage.elapse(Duration.ofSeconds(50));
        topic.touch("ana", "tab");
        assertThat(sessions(topic)).extracting(Session::id).containsExactly((String) null);
        stage.elapse(Duration.ofSeconds(20));
        assertThat(topic.isLive("ana")).isFalse();
    }

    @Test
    default void s5_leaveOfAMemberRemembersItsNamedSessions(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "a");
        topic.touch("ana", "b");
        topic.leave("ana");
        assertThat(topic.touch("ana", "a")).isFalse();
        assertThat(topic.touch("ana", "b")).isFalse();
        assertThat(topic.touch("ana", "c")).as("another session").isTrue();
        assertThat(topic.touch("bo", "a")).as("another member").isTrue();
    }

    @Test
    default void s5_aLeaveThatOvertakesItsHeartbeatIsRemembered(TestContext stage) {
        PresenceTopic topic = stage.topic();
        assertThat(topic.leave("ana", "tab")).isFalse();
        assertThat(topic.touch("ana", "tab")).isFalse();
        assertThat(topic.isLive("ana")).isFalse();
    }

    @Test
    default void s5_theDefaultSessionMayComeBackAtOnce(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana");
        topic.leave("ana");
        assertThat(topic.touch("ana")).isTrue();
    }

    @Test
    default void s5_aResetForgetsWhoLeft(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "tab");
        topic.leave("ana", "tab");
        topic.reset();
        assertThat(topic.touch("ana", "tab")).isTrue();
    }

    private static List<Session> sessions(PresenceTopic topic) {
        return topic.member("ana").orElseThrow().sessions();
    }

    private static Instant newest(PresenceTopic topic) {
        return sessions(topic).stream()
                .map(Session::lastSeen)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static @Nullable String data(PresenceTopic topic) {
        return sessions(topic).get(0).data();
    }

    private static String told(PresenceEvent event) {
        if (event instanceof PresenceEvent.Joined joined) {
            return "joined " + joined.member() + " " + joined.data();
        }
        return event instanceof PresenceEvent.Updated updated
                ? "updated " + updated.member() + " " + updated.data()
                : event.toString();
    }
}
