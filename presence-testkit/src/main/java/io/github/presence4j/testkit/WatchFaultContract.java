package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Rules W8, W9 and B5: a watch when the store, the executor or a listener fails. */
interface WatchFaultContract {

    /** The most threads that run the listeners of a Presence, unless the application sets its own executor. */
    int LISTENER_THREADS = 64;

    @Test
    default void w8_anExecutorThatRefusesEndsNoWatch(TestContext stage) {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        RefusingExecutor executor = new RefusingExecutor(threads);
        Presence own = stage.open(config -> config.listenerExecutor(executor).eventQueue(8));
        try (RecordingWatcher first = RecordingWatcher.of(own.topic("room"), stage.patience());
                RecordingWatcher late = new RecordingWatcher(stage.patience())) {
            executor.fill();
            late.begin(own.topic("room"));
            stage.peerTopic().touchAll(MemberNames.of("m", 100));
            stage.until("both listeners are refused", () -> executor.refused() >= 2);
            executor.empty();
            first.awaitView(MemberNames.of("m", 100));
            late.awaitView(MemberNames.of("m", 100));
            stage.peerTopic().touch("end");
            first.await("the next event", events -> first.view().contains("end"));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void w8_anErrorInAPollEndsNoWatch(TestContext stage) {
        RecordingWatcher watcher = stage.watch(stage.topic());
        stage.link().disturb(StoreFault.ERROR);
        long before = stage.link().trips();
        stage.peerTopic().touch("ana");
        stage.link().wake();
        stage.until("a poll has failed", () -> stage.link().trips() > before);
        stage.link().restore();
        watcher.awaitView(List.of("ana"));
        RecordingWatcher late = stage.watch(stage.topic());
        assertThat(late.view()).containsExactly("ana");
    }

    @Test
    default void w8_anErrorWhileTheWatchBeginsEndsNoWatch(TestContext stage) {
        stage.topic().touch("ana");
        stage.link().disturb(StoreFault.ERROR);
        long before = stage.link().trips();
        RecordingWatcher watcher = new RecordingWatcher(stage.patience());
        watcher.begin(stage.topic());
        stage.until("a poll has failed", () -> stage.link().trips() > before);
        stage.link().restore();
        watcher.awaitView(List.of("ana"));
        watcher.close();
    }

    @Test
    default void w8_aListenerThatThrowsAnErrorHearsOfTheNextEvent(TestContext stage) {
        RecordingWatcher watcher = new RecordingWatcher(stage.patience());
        try (Subscription watch = stage.topic().watch(event -> {
            watcher.accept(event);
            throw new AssertionError("thrown by the kit's listener");
        })) {
            assertThat(watch).isNotNull();
            stage.topic().touchAll(List.of("ana", "bo"));
            watcher.awaitView(List.of("ana", "bo"));
        }
    }

    @Test
    default void w9_anInterruptionIsToldOnceAndItsEndAfterWhatWasMissed(TestContext stage) {
        List<PresenceEvent> told = new CopyOnWriteArrayList<>();
        Instant begin = Instant.now();
        stage.topic().touch("goes");
        RecordingWatcher watcher = stage.watch(stage.topic());
        try (Subscription second = stage.topic().watch(told::add)) {
            assertThat(second).isNotNull();
            stage.until("the snapshot", () -> !told.isEmpty());
            stage.link().disturb(StoreFault.FOREIGN);
            stage.link().wake();
            stage.until("it is told", () -> !watcher.interruptions().isEmpty());
            long before = stage.link().trips();
            stage.until("the store is asked again", () -> stage.link().trips() > before + 2);
            stage.peerTopic().leave("goes");
            stage.peerTopic().touch("comes");
            stage.link().restore();
            stage.until("its end is told", () -> watcher.interruptions().size() == 2);
            stage.until("to both", () -> told.size() == 5);
        }
        watcher.verify();
        PresenceEvent.Interrupted interrupted = (PresenceEvent.Interrupted) told.get(1);
        assertThat(interrupted.since()).isBetween(begin, Instant.now());
        assertThat(interrupted.position())
                .as("the last one known")
                .isEqualTo(told.get(0).position());
        assertThat(told.get(4)).as("the end comes last").isInstanceOf(PresenceEvent.Resumed.class);
        assertThat(watcher.view()).containsExactly("comes");
    }

    @Test
    default void w9_aListenerThatLagsIsToldHowItStandsWhenItHasCaughtUp(TestContext stage) {
        CountDownLatch release = new CountDownLatch(1);
        Presence small = stage.open(config -> config.eventQueue(2));
        RecordingWatcher told = new RecordingWatcher(stage.patience());
        RecordingWatcher prompt = RecordingWatcher.of(small.topic("room"), stage.patience());
        try (Subscription slow = small.topic("room").watch(event -> {
            told.accept(event);
            if (event instanceof PresenceEvent.Joined) {
                Latches.await(release);
            }
        })) {
            assertThat(slow).isNotNull();
            told.await("the snapshot", events -> !events.isEmpty());
            stage.peerTopic().touchAll(MemberNames.of("m", 10));
            prompt.awaitView(MemberNames.of("m", 10));
            stage.link().disturb(StoreFault.FOREIGN);
            stage.link().wake();
            stage.until("others are told", () -> !prompt.interruptions().isEmpty());
            release.countDown();
            told.awaitView(MemberNames.of("m", 10));
            stage.until("the late one is told", () -> !told.interruptions().isEmpty());
            stage.link().restore();
            stage.until("both go on", () -> told.interruptions().size() == 2);
        } finally {
            release.countDown();
            prompt.close();
        }
        told.verify();
    }

    @Test
    default void b5_manyListenersThatBlockTakeABoundedNumberOfThreads(TestContext stage) {
        Presence own = stage.open(config -> config);
        PresenceTopic topic = own.topic("room");
        CountDownLatch release = new CountDownLatch(1);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        List<RecordingWatcher> watchers = new ArrayList<>();
        List<Subscription> watches = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * LISTENER_THREADS; i++) {
                RecordingWatcher watcher = new RecordingWatcher(stage.patience());
                watchers.add(watcher);
                watches.add(topic.watch(event -> {
                    threads.add(Thread.currentThread());
                    Latches.await(release);
                    watcher.accept(event);
                }));
            }
            stage.until("as many as may be are blocked", () -> threads.size() >= LISTENER_THREADS);
            stage.topic().touch("ana");
            release.countDown();
            watchers.forEach(watcher -> watcher.awaitView(List.of("ana")));
            assertThat(threads).hasSizeLessThanOrEqualTo(LISTENER_THREADS);
        } finally {
            release.countDown();
            watches.forEach(Subscription::close);
        }
    }
}
