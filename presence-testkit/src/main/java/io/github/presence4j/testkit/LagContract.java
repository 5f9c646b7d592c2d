package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules W5 and W10: which listeners receive a difference, and that it is exact. */
interface LagContract {
    int QUEUE = 64;

    @Test
    default void w10_aListenerThatKeepsUpHearsOfEachTimeout(TestContext stage) {
        Set<String> members = MemberNames.of("m", 1_100);
        PresenceTopic topic = patient(stage).topic("room");
        topic.touchAll(members);
        RecordingWatcher watcher = stage.watch(topic);
        stage.elapse(TestContext.TTL.plusMillis(1));
        watcher.awaitView(List.of());
        assertThat(watcher.changes()).noneMatch(PresenceEvent::synthetic);
        assertThat(timedOut(watcher)).isEqualTo(members);
    }

    @Test
    default void w10_aListenerThatKeepsUpHearsOfEachJoinAndLeave(TestContext stage) {
        Set<String> members = MemberNames.of("m", 2_000);
        RecordingWatcher watcher = stage.watch(patient(stage).topic("room"));
        stage.peerTopic().touchAll(members);
        watcher.awaitView(members);
        stage.peerTopic().reset();
        watcher.awaitView(List.of());
        assertThat(watcher.changes()).noneMatch(PresenceEvent::synthetic).hasSize(2_001);
    }

    /** Opens a Presence that waits for a listener as long as a busy machine may need to run it. */
    private static Presence patient(TestContext stage) {
        return stage.open(config -> config.eventQueue(QUEUE).sweepInterval(Duration.ofSeconds(40)));
    }

    private static Set<String> timedOut(RecordingWatcher watcher) {
        return watcher.changes().stream()
                .filter(TestContext::isTimeout)
                .map(event -> ((PresenceEvent.OfMember) event).member())
                .collect(Collectors.toSet());
    }

    @Test
    default void w5_whoLeftAndCameBackHasNoDataFromBefore(TestContext stage) {
        stage.topic()
                .touch(List.of(
                        Touch.of("ana").withData("busy"), Touch.of("bo", "tab").withData("away")));
        RecordingWatcher watcher = afterALag(stage, () -> {
            stage.topic().leave("ana");
            stage.topic().touch("ana");
            stage.topic().leave("bo", "tab");
            stage.topic().touch("bo", "other tab", "here");
        });
        assertThat(watcher.data("ana")).isEmpty();
        assertThat(watcher.data("bo")).isEqualTo(Map.of("other tab", "here"));
        assertThat(watcher.changes())
                .filteredOn(event -> event instanceof PresenceEvent.OfMember of
                        && of.member().equals("ana"))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Left", "Joined");
    }

    @Test
    default void w5_whoJoinedIsToldWithASessionThatIsLive(TestContext stage) {
        RecordingWatcher watcher = afterALag(stage, () -> {
            stage.topic().touch("ana", "tab");
            stage.topic().touch("bo", "closed tab");
            stage.topic().touch("bo", "open tab");
            stage.topic().leave("bo", "closed tab");
            stage.topic().touch("cy", "closed tab", "closed");
            stage.topic().touch("cy", "open tab", "open");
            stage.topic().touch("cy");
            stage.topic().leave("cy", "closed tab");
        });
        assertThat(joined(watcher, "ana").session()).isEqualTo("tab");
        assertThat(joined(watcher, "bo").session()).isEqualTo("open tab");
        assertThat(joined(watcher, "cy").session()).isEqualTo("open tab");
        assertThat(watcher.data("cy")).isEqualTo(Map.of("open tab", "open"));
    }

    /** If the sessions of a member come and go, the difference is no larger than the set of sessions that may be live. */
    @Test
    default void w5_whoseSessionsComeAndGoIsToldWithThoseThatAreLive(TestContext stage) {
        stage.topic().touch("bot");
        RecordingWatcher watcher = afterALag(stage, () -> {
            stage.topic().leave("bot");
            for (int i = 0; i < 300; i++) {
                stage.topic().touch("bot", "tab " + i, "data " + i);
                stage.topic().touch("bot", "tab " + i, "more " + i);
                stage.topic().touch("bot");
                stage.topic().leave("bot", "tab " + i);
            }
            stage.topic().touch("bot", "last tab", "last");
        });
        assertThat(watcher.data("bot")).isEqualTo(Map.of("last tab", "last"));
    }

    private static PresenceEvent.Joined joined(RecordingWatcher watcher, String member) {
        return watcher.changes().stream()
                .filter(event -> event instanceof PresenceEvent.Joined joined
                        && joined.member().equals(member))
                .map(event -> (PresenceEvent.Joined) event)
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** Returns a watcher with a queue for one event, after it was busy while {@code happens} ran. */
    private static RecordingWatcher afterALag(TestContext stage, Runnable happens) {
        CountDownLatch release = new CountDownLatch(1);
        PresenceTopic topic = stage.open(config -> config.eventQueue(1)).topic("room");
        RecordingWatcher told = new RecordingWatcher(stage.patience());
        try (Subscription slow = topic.watch(event -> {
            told.accept(event);
            if (event instanceof PresenceEvent.Joined) {
                Latches.await(release);
            }
        })) {
            assertThat(slow).isNotNull();
            told.await("the snapshot", events -> !events.isEmpty());
            stage.topic().touchAll(List.of("x1", "x2", "x3"));
            seen(stage, topic);
            happens.run();
            stage.topic().touch("end");
            seen(stage, topic);
            release.countDown();
            told.await("what it missed", events -> told.view().contains("end"));
            stage.topic().touch("last");
            told.awaitView(stage.topic().list());
            return told;
        } finally {
            release.countDown();
        }
    }

    /** Waits until the watch has seen all events: a second listener of the same watch gets them in its snapshot. */
    private static void seen(TestContext stage, PresenceTopic topic) {
        try (RecordingWatcher second = RecordingWatcher.of(topic, stage.patience())) {
            second.awaitView(stage.topic().list());
        }
    }
}
