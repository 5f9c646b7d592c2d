package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Rule E1: bad input, and that all other input is good. */
interface InputContract {

    @Test
    default void e1_anyTextIsAGoodMember(TestContext stage) {
        PresenceTopic topic = stage.topic();
        RecordingWatcher watcher = stage.watch(stage.peerTopic());
        assertThat(topic.touchAll(MemberNames.TEXTS)).containsExactlyInAnyOrderElementsOf(MemberNames.TEXTS);
        assertThat(stage.peerTopic().list()).containsExactlyInAnyOrderElementsOf(MemberNames.TEXTS);
        assertThat(topic.liveAmong(MemberNames.TEXTS)).containsExactlyInAnyOrderElementsOf(MemberNames.TEXTS);
        watcher.awaitView(MemberNames.TEXTS);
        for (String member : MemberNames.TEXTS) {
            assertThat(topic.touch(member)).as(member).isFalse();
            assertThat(topic.isLive(member)).as(member).isTrue();
            assertThat(topic.leave(member)).as(member).isTrue();
        }
        assertThat(topic.count()).isZero();
    }

    @Test
    default void e1_anyTextIsAGoodSessionAndGoodData(TestContext stage) {
        PresenceTopic topic = stage.topic();
        List<Touch> touches = MemberNames.TEXTS.stream()
                .map(text -> Touch.of("ana", text).withData(text + text))
                .toList();
        topic.touch(touches);
        List<Session> sessions = stage.peerTopic().member("ana").orElseThrow().sessions();
        assertThat(sessions).extracting(Session::id).containsExactlyElementsOf(MemberNames.TEXTS);
        assertThat(sessions).allSatisfy(session -> assertThat(session.data()).isEqualTo(session.id() + session.id()));
        for (String session : MemberNames.TEXTS) {
            assertThat(topic.isLive("ana")).isTrue();
            topic.leave("ana", session);
        }
        assertThat(topic.isLive("ana")).isFalse();
    }

    @Test
    default void e1_anyTextIsAGoodTopic(TestContext stage) {
        for (int i = 0; i < MemberNames.TEXTS.size(); i++) {
            assertThat(stage.node().topic(MemberNames.TEXTS.get(i)).touch("m" + i))
                    .as(MemberNames.TEXTS.get(i))
                    .isTrue();
        }
        for (int i = 0; i < MemberNames.TEXTS.size(); i++) {
            assertThat(stage.peer().topic(MemberNames.TEXTS.get(i)).list())
                    .as(MemberNames.TEXTS.get(i))
                    .containsExactly("m" + i);
            stage.peer().topic(MemberNames.TEXTS.get(i)).reset();
        }
    }

    @Test
    default void e1_anyTextIsAGoodNamespace(TestContext stage) {
        List<PresenceTopic> topics = new ArrayList<>();
        String last = stage.namespace().substring(stage.namespace().length() - 12);
        for (String text : MemberNames.TEXTS) {
            String namespace = text.length() > 200 ? last + text.substring(12) : text + stage.namespace();
            Presence presence = stage.open(config -> config.namespace(namespace));
            topics.add(presence.topic("room"));
        }
        for (int i = 0; i < topics.size(); i++) {
            topics.get(i).touch("m" + i);
        }
        for (int i = 0; i < topics.size(); i++) {
            assertThat(topics.get(i).list()).containsExactly("m" + i);
            topics.get(i).reset();
        }
    }

    @Test
    default void e1_theLargestDataIsKept(TestContext stage) {
        String data = "\uD83D\uDE00".repeat(1_024);
        RecordingWatcher watcher = stage.watch(stage.peerTopic());
        stage.topic().touch("ana", "tab", data);
        assertThat(stage.topic().member("ana").orElseThrow().sessions())
                .extracting(Session::data)
                .containsExactly(data);
        watcher.await("the newcomer", events -> events.size() == 2);
        assertThat(((PresenceEvent.Joined) watcher.changes().get(0)).data()).isEqualTo(data);
    }

    @Test
    default void e1_badTextIsRefusedBeforeAnyTrip(TestContext stage) {
        PresenceTopic topic = stage.topic();
        long trips = stage.link().trips();
        for (String bad : List.of("", "x".repeat(513), "\u00e9".repeat(257), "\uD83D", "a\uDE00b", "\uDE00\uD83D")) {
            refuses("member", () -> topic.touch(bad));
            refuses("member", () -> topic.touch(List.of(Touch.of("good"), Touch.of(bad))));
            refuses("member", () -> topic.leave(bad));
            refuses("member", () -> topic.isLive(bad));
            refuses("member", () -> topic.liveAmong(List.of("good", bad)));
            refuses("member", () -> topic.lastSeen(bad));
            refuses("member", () -> topic.member(bad));
            refuses("member", () -> topic.hold(bad));
            refuses("member", () -> topic.async().touch(bad));
            refuses("session", () -> topic.touch("ana", bad));
            refuses("session", () -> topic.leave("ana", bad));
            refuses("session", () -> topic.hold("ana", bad));
            refuses("name", () -> stage.node().topic(bad));
            refuses("namespace", () -> stage.open(config -> config.namespace(bad)));
        }
        for (String bad : List.of("x".repeat(4_097), "\u00e9".repeat(2_049), "\uD83D")) {
            refuses("data", () -> topic.touch("ana", "tab", bad));
        }
        assertThat(stage.link().trips()).as("trips").isEqualTo(trips);
        assertThat(topic.list()).isEmpty();
    }

    @Test
    default void e1_badDurationsAndLimitsAreRefusedBeforeAnyTrip(TestContext stage) {
        PresenceTopic topic = stage.topic();
        long trips = stage.link().trips();
        for (Duration bad : List.of(
                Duration.ZERO,
                Duration.ofMillis(-1),
                Duration.ofNanos(1),
                Duration.ofMillis(1).plusNanos(1),
                Duration.ofDays(365).plusMillis(1),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            refuses("ttl", () -> stage.node().topic("room", bad));
            refuses("ttl", () -> stage.open(config -> config.ttl(bad)));
            refuses("window", () -> topic.within(bad));
        }
        refuses("window", () -> topic.within(TestContext.TTL.plusMillis(1)));
        refuses("limit", () -> topic.page(null, 0));
        refuses("limit", () -> topic.page(null, 10_001));
        assertThat(stage.link().trips()).as("trips").isEqualTo(trips);
    }

    /** Web pages pass cursors to untrusted clients. A cursor that no page returned is an error of the caller, not an outage. */
    @Test
    default void e1_aCursorThatNoPageGaveIsRefused(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touchAll(List.of("ana", "bo", "cy"));
        for (String bad : List.of("abc", "-5", "", " ", "a/b", "1e9", "9".repeat(30), "\u0000", "\uD83D\uDE00")) {
            refuses("cursor", () -> topic.page(bad, 10));
        }
        List<String> listed = new ArrayList<>();
        MemberPage page = topic.page(null, 1);
        while (true) {
            page.members().forEach(member -> listed.add(member.id()));
            if (page.next() == null) {
                break;
            }
            page = topic.page(page.next(), 1);
        }
        assertThat(listed).containsExactlyInAnyOrder("ana", "bo", "cy");
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what callers without a null checker do
    default void e1_nullIsRefusedBeforeAnyTrip(TestContext stage) {
        PresenceTopic topic = stage.topic();
        long trips = stage.link().trips();
        AsyncPresenceTopic async = topic.async();
        List<String> names = Arrays.asList("ana", null);
        List<Touch> touches = Arrays.asList(Touch.of("ana"), null);
        refusesNull("member", () -> topic.touch((String) null), () -> async.touch((String) null));
        refusesNull("session", () -> topic.touch("ana", null), () -> async.touch("ana", null));
        refusesNull("data", () -> topic.touch("ana", "tab", null), () -> async.touch("ana", "tab", null));
        refusesNull("touch", () -> topic.touch((Touch) null), () -> async.touch((Touch) null));
        refusesNull("touches", () -> topic.touch((List<Touch>) null), () -> async.touch((List<Touch>) null));
        refusesNull("touch", () -> topic.touch(touches), () -> async.touch(touches));
        refusesNull("members", () -> topic.touchAll(null), () -> async.touchAll(null));
        refusesNull("member", () -> topic.touchAll(names), () -> async.touchAll(names));
        refusesNull("member", () -> topic.leave((String) null), () -> async.leave((String) null));
        refusesNull("session", () -> topic.leave("ana", null), () -> async.leave("ana", null));
        refusesNull("member", () -> topic.isLive(null), () -> async.isLive(null));
        refusesNull("members", () -> topic.liveAmong(null), () -> async.liveAmong(null));
        refusesNull("member", () -> topic.liveAmong(names), () -> async.liveAmong(names));
        refusesNull("member", () -> topic.lastSeen(null), () -> async.lastSeen(null));
        refusesNull("member", () -> topic.member(null), () -> async.member(null));
        refusesNull("member", () -> topic.hold((String) null));
        refusesNull("session", () -> topic.hold("ana", null));
        refusesNull("touch", () -> topic.hold((Touch) null));
        refusesNull("window", () -> topic.within(null));
        refusesNull("listener", () -> topic.watch(null));
        refusesNull("name", () -> stage.node().topic(null));
        refusesNull("ttl", () -> stage.node().topic("room", null));
        assertThat(stage.link().trips()).as("trips").isEqualTo(trips);
    }

    private static void refusesNull(String argument, ThrowingCallable... calls) {
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call)
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage(argument));
    }

    private static void refuses(String argument, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(argument);
    }
}
