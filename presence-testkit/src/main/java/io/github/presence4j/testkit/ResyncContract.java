package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import io.github.presence4j.spi.Leave;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Rule W5: no silent loss. */
interface ResyncContract {

    @Test
    default void w5_aLostLinkIsMadeUpFor(TestContext stage) {
        stage.topic().touchAll(List.of("stays", "goes"));
        RecordingWatcher watcher = stage.watch(stage.topic());
        stage.link().disturb(StoreFault.FOREIGN);
        stage.peerTopic().leave("goes");
        stage.peerTopic().touch("comes", "tab", "data");
        stage.peerTopic().touch("comes and goes");
        stage.peerTopic().leave("comes and goes");
        stage.link().restore();
        watcher.awaitView(List.of("stays", "comes"));
        assertThat(watcher.data("comes")).isEqualTo(Map.of("tab", "data"));
    }

    @Test
    default void w5_aLinkLostForLongIsMadeUpFor(TestContext stage) {
        stage.topic().touchAll(List.of("stays", "goes", "lapses"));
        RecordingWatcher watcher = stage.watch(stage.topic());
        stage.link().disturb(StoreFault.FOREIGN);
        for (int i = 0; i < 10; i++) {
            stage.elapse(Duration.ofSeconds(31));
            stage.peerTopic().touch("stays");
            stage.peerTopic().touch("new " + i);
        }
        stage.link().restore();
        watcher.awaitView(List.of("stays", "new 9", "new 8"));
    }

    @Test
    default void w5_aWatchThatBeginsWithoutALinkBeginsLater(TestContext stage) {
        stage.link().disturb(StoreFault.FOREIGN);
        RecordingWatcher watcher = new RecordingWatcher(stage.patience());
        watcher.begin(stage.topic());
        stage.peerTopic().touch("ana");
        stage.link().restore();
        watcher.await("the snapshot", events -> !events.isEmpty());
        stage.peerTopic().touch("bo");
        watcher.awaitView(List.of("ana", "bo"));
        watcher.close();
    }

    @Test
    default void w5_moreThanAnyLogHoldsIsMadeUpFor(TestContext stage) {
        RecordingWatcher watcher = stage.watch(stage.topic());
        stage.link().disturb(StoreFault.FOREIGN);
        manyChanges(stage);
        stage.link().restore();
        watcher.awaitView(stage.topic().list());
        assertThat(watcher.view()).isEqualTo(MemberNames.of("last ", 500));
    }

    @Test
    default void w5_aHistoryThatIsTooLongIsAGapAndNeverALoss(TestContext stage) {
        ManualWatcher history = stage.history(stage.link(), stage.topic());
        manyChanges(stage);
        List<PresenceEvent> events = history.catchUp();
        if (!history.last().gap()) {
            assertThat(events).hasSize(20_500);
        }
        stage.topic().touch("end");
        assertThat(history.changes()).as("after the gap").hasSize(1);
    }

    private static void manyChanges(TestContext stage) {
        for (int i = 0; i < 10; i++) {
            Set<String> members = MemberNames.of("m" + i + " ", 1_000);
            stage.peerTopic().touchAll(members);
            stage.await(stage.peerLink()
                    .topic(stage.spi(stage.topic()))
                    .leave(members.stream()
                            .map(member -> new Leave(member, null))
                            .toList()));
        }
        stage.peerTopic().touchAll(MemberNames.of("last ", 500));
    }

    @Test
    default void w5_aCursorFromBeforeTheTopicWasUnwatchedLosesNothing(TestContext stage) {
        PresenceTopic topic = stage.node().topic("unwatched", Duration.ofHours(1));
        topic.touch("before");
        ManualWatcher history = stage.history(stage.link(), topic);
        stage.elapse(Duration.ofMinutes(5));
        topic.touch("unseen");
        topic.leave("before");
        List<PresenceEvent> events = history.catchUp();
        if (!history.last().gap()) {
            assertThat(events).hasSize(2);
        }
        topic.touch("seen");
        assertThat(history.changes()).hasSize(1);
    }

    @Test
    default void w5_aCursorFromBeforeAResetTellsOfIt(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("before");
        ManualWatcher history = stage.history(stage.link(), topic);
        topic.reset();
        topic.touch("after");
        List<PresenceEvent> events = history.catchUp();
        if (!history.last().gap()) {
            assertThat(events)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("Reset", "Joined");
        }
        topic.touch("later");
        assertThat(history.changes()).hasSize(1);
    }

    @Test
    default void e5_aFullEventQueueIsMadeUpFor(TestContext stage) {
        CountDownLatch release = new CountDownLatch(1);
        Presence small = stage.open(config -> config.eventQueue(4));
        RecordingWatcher told = new RecordingWatcher(stage.patience());
        RecordingWatcher prompt = stage.watch(stage.topic());
        try (Subscription slow = small.topic("room").watch(event -> {
            told.accept(event);
            if (event instanceof PresenceEvent.Joined) {
                Latches.await(release);
            }
        })) {
            assertThat(slow).isNotNull();
            told.await("the snapshot", events -> !events.isEmpty());
            stage.topic().touch("first");
            told.await("the event that blocks", events -> events.size() == 2);
            stage.topic().touchAll(MemberNames.of("m", 100));
            stage.topic().leave("first");
            prompt.await("all of it", events -> events.size() == 103);
            smallHasSeenIt(small, stage);
            release.countDown();
            told.awaitView(MemberNames.of("m", 100));
            assertThat(told.changes()).as("what did not fit").anyMatch(PresenceEvent::synthetic);
        } finally {
            release.countDown();
        }
    }

    /** A second listener of the same loop hears no later than the slow one is offered. */
    private static void smallHasSeenIt(Presence small, TestContext stage) {
        try (RecordingWatcher second = RecordingWatcher.of(small.topic("room"), stage.patience())) {
            second.awaitView(MemberNames.of("m", 100));
        }
    }
}
