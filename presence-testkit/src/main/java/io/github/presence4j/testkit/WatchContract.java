package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules W1, W2, W3 and W6: the events that a watcher receives. */
interface WatchContract {

    @Test
    default void w1_theSnapshotHasWhoIsLive(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touchAll(List.of("ana", "bo"));
        topic.touch("cy");
        topic.leave("cy");
        assertThat(stage.watch(stage.peerTopic()).view()).containsExactlyInAnyOrder("ana", "bo");
        assertThat(stage.watch(stage.fresh(TestContext.TTL)).view()).isEmpty();
    }

    @Test
    default void w1_theSnapshotHasEverybodyOfALargeTopic(TestContext stage) {
        Set<String> members = MemberNames.of("m", 3_210);
        stage.topic().touchAll(members);
        assertThat(stage.watch(stage.peerTopic()).view()).isEqualTo(members);
    }

    @Test
    default void w1_everyLaterTransitionIsTold(TestContext stage) {
        RecordingWatcher here = stage.watch(stage.topic());
        RecordingWatcher there = stage.watch(stage.peerTopic());
        stage.topic().touch("ana", "tab", "1");
        stage.peerTopic().touch("ana", "tab", "2");
        stage.topic().leave("ana", "tab");
        stage.peerTopic().touch("bo");
        stage.topic().reset();
        stage.peerTopic().touch("end");
        for (RecordingWatcher watcher : List.of(here, there)) {
            watcher.awaitView(List.of("end"));
            assertThat(watcher.changes())
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("Joined", "Updated", "Left", "Joined", "Reset", "Joined");
            assertThat(watcher.changes()).noneMatch(PresenceEvent::synthetic);
        }
        assertThat(here.changes()).isEqualTo(there.changes());
    }

    @Test
    default void w1_whatHappensRightAfterTheFirstAnswerIsTold(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana");
        ManualWatcher history = stage.history(stage.peerLink(), topic);
        topic.touch("bo");
        topic.leave("ana");
        assertThat(history.changes()).extracting(WatchContract::named).containsExactly("Joined bo", "Left ana");
    }

    @Test
    default void w1_aTransitionTellsItsSessionAndData(TestContext stage) {
        RecordingWatcher watcher = stage.watch(stage.peerTopic());
        stage.topic().touch("ana", "tab", "1");
        stage.topic().touch(List.of(Touch.of("ana").withData("2")));
        watcher.await("the update", events -> events.size() == 3);
        PresenceEvent.Joined joined = (PresenceEvent.Joined) watcher.changes().get(0);
        PresenceEvent.Updated updated =
                (PresenceEvent.Updated) watcher.changes().get(1);
        assertThat(joined).isEqualTo(new PresenceEvent.Joined("ana", "tab", "1", joined.position(), false));
        assertThat(updated).isEqualTo(new PresenceEvent.Updated("ana", null, "2", updated.position(), false));
    }

    @Test
    default void w1_nothingFallsBetweenSnapshotAndEvents(TestContext stage) throws InterruptedException {
        ConcurrentRun.run(thread -> () -> {
                    PresenceTopic topic = thread % 2 == 0 ? stage.topic() : stage.peerTopic();
                    RecordingWatcher watcher = new RecordingWatcher(stage.patience());
                    for (int i = 0; i < 60; i++) {
                        topic.touch("m " + thread + " " + i);
                        if (i == 20 + thread) {
                            watcher.begin(topic);
                        }
                        if (i % 3 == 0) {
                            topic.leave("m " + thread + " " + i);
                        }
                    }
                    return watcher;
                })
                .forEach(watcher -> watcher.awaitView(stage.topic().list()));
        assertThat(stage.topic().count()).isEqualTo(ConcurrentRun.SIZE * 40);
    }

    @Test
    default void w2_eventsComeInTheOrderOfTheirSeqOnceEach(TestContext stage) {
        PresenceTopic topic = stage.topic();
        ManualWatcher first = stage.history(stage.link(), topic);
        ManualWatcher second = stage.history(stage.peerLink(), topic);
        Position start = first.last().position();
        for (int i = 0; i < 50; i++) {
            PresenceTopic writer = i % 2 == 0 ? topic : stage.peerTopic();
            writer.touch(List.of(Touch.of("m" + i % 7).withData("data " + i)));
            topic.leave("m" + i % 5);
        }
        List<PresenceEvent> events = first.changes();
        assertThat(events).hasSizeGreaterThan(50).noneMatch(PresenceEvent::synthetic);
        assertThat(events).extracting(event -> event.position().epoch()).containsOnly(start.epoch());
        List<Long> seqs = Stream.concat(Stream.of(start), events.stream().map(PresenceEvent::position))
                .map(Position::seq)
                .toList();
        assertThat(seqs).isSorted().doesNotHaveDuplicates();
        assertThat(first.last().position())
                .isEqualTo(events.get(events.size() - 1).position());
        assertThat(second.changes()).isEqualTo(events);
        assertThat(first.changes()).isEmpty();
    }

    @Test
    default void w3_theTransitionsOfAMemberAlternate(TestContext stage) {
        PresenceTopic topic = stage.topic();
        ManualWatcher history = stage.history(stage.link(), topic);
        topic.touch("ana");
        topic.touch("ana", "tab");
        topic.touch("ana", "tab", "1");
        topic.touch("ana", "tab", "1");
        topic.leave("ana", "tab");
        topic.leave("ana", "tab");
        topic.leave("ana");
        topic.leave("ana");
        topic.touch("ana");
        assertThat(history.changes())
                .extracting(WatchContract::named)
                .containsExactly("Joined ana", "Updated ana", "Left ana", "Joined ana");
    }

    @Test
    default void w6_aListenerThatBlocksHarmsOnlyItself(TestContext stage) {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger blocked = new AtomicInteger();
        try (Subscription bad = stage.topic().watch(event -> {
                    blocked.incrementAndGet();
                    Latches.await(release);
                });
                RecordingWatcher good = stage.watch(stage.topic())) {
            assertThat(bad).isNotNull();
            stage.topic().touchAll(MemberNames.of("m", 100));
            good.awaitView(MemberNames.of("m", 100));
            stage.until("the blocking listener is told once", () -> blocked.get() == 1);
            release.countDown();
            stage.until("the rest is told too", () -> blocked.get() == 101);
        } finally {
            release.countDown();
        }
    }

    @Test
    default void w6_aListenerThatThrowsHarmsOnlyItself(TestContext stage) {
        RecordingWatcher thrower = new RecordingWatcher(stage.patience());
        try (Subscription bad = stage.topic().watch(event -> {
                    thrower.accept(event);
                    throw new IllegalStateException("thrown by the kit's listener");
                });
                RecordingWatcher good = stage.watch(stage.topic())) {
            assertThat(bad).isNotNull();
            stage.topic().touchAll(MemberNames.of("m", 10));
            good.awaitView(MemberNames.of("m", 10));
            thrower.awaitView(MemberNames.of("m", 10));
        }
    }

    @Test
    default void w6_aWatchThatIsClosedHearsNoMoreAndDisturbsNoOther(TestContext stage) {
        RecordingWatcher closed = stage.watch(stage.topic());
        RecordingWatcher open = stage.watch(stage.topic());
        closed.close();
        closed.close();
        stage.topic().touch("ana");
        open.awaitView(List.of("ana"));
        assertThat(closed.changes()).isEmpty();
    }

    private static String named(PresenceEvent event) {
        return event.getClass().getSimpleName() + (event instanceof PresenceEvent.OfMember of ? " " + of.member() : "");
    }
}
