package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Subscription;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Rules E2 to E4 and E6 to E8: errors, and callbacks. */
interface FailureContract {

    @Test
    default void e2_aStoreThatDoesNotAnswerIsUnavailableInTime(TestContext stage) {
        Duration timeout = Duration.ofMillis(20);
        PresenceTopic topic = stage.open(config -> config.timeout(timeout)).topic("room");
        stage.topic().touch("ana");
        stage.link().disturb(StoreFault.SILENT);
        for (ThrowingCallable call : everyCall(topic)) {
            long begin = System.nanoTime();
            assertThatThrownBy(call).isInstanceOf(PresenceUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(timeout, timeout.plusSeconds(5));
        }
    }

    @Test
    default void e2_aStoreThatIsClosedNeverSaysNobody(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana", "tab");
        stage.link().close();
        for (ThrowingCallable call : everyCall(topic)) {
            assertThatThrownBy(call).isInstanceOf(PresenceException.class);
        }
    }

    @Test
    default void e2_aStoreThatIsClosedFailsEveryStage(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana");
        stage.link().close();
        PresenceStore store = stage.link();
        Topic spi = stage.spi(topic);
        List<Supplier<CompletionStage<?>>> calls = List.of(
                () -> store.topic(spi).live(List.of("ana")),
                () -> store.topic(spi).isLive("ana"),
                () -> store.topic(spi).count(),
                () -> store.topic(spi).page(null, 10),
                () -> store.topic(spi).names(null, 10),
                () -> store.topic(spi).changesSince(null),
                () -> store.topic(spi).leave(List.of(new Leave("ana", null))),
                () -> store.topic(spi).reset());
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(
                                () -> call.get().toCompletableFuture().get(10, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class));
    }

    @Test
    default void e3_whatTimedOutMayBeRepeated(TestContext stage) {
        PresenceTopic topic = stage.topic();
        RecordingWatcher watcher = stage.watch(stage.peerTopic());
        repeated(stage, () -> topic.touch("ana", "tab", "data"));
        repeated(stage, () -> topic.touch("bo"));
        repeated(stage, () -> topic.leave("bo"));
        topic.touch("end");
        watcher.awaitView(List.of("ana", "end"));
        assertThat(watcher.changes())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Joined", "Joined", "Left", "Joined");
        repeated(stage, topic::reset);
        assertThat(topic.count()).isZero();
    }

    private static void repeated(TestContext stage, ThrowingCallable call) {
        stage.link().disturb(StoreFault.ANSWER_LOST);
        assertThatThrownBy(call).isInstanceOf(PresenceException.class);
        stage.link().restore();
        assertThat(catchThrowable(call)).isNull();
    }

    @Test
    default void e4_closeIsIdempotentAndFinal(TestContext stage) {
        Presence presence = stage.open(config -> config);
        PresenceTopic topic = presence.topic("room");
        Subscription watch = topic.watch(event -> {});
        presence.close();
        presence.close();
        watch.close();
        for (ThrowingCallable call : everyCall(topic)) {
            assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> topic.watch(event -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> topic.hold("ana")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> presence.topic("other")).isInstanceOf(IllegalStateException.class);
        assertThat(stage.peerTopic().touch("bo")).as("the other node goes on").isTrue();
    }

    @Test
    default void e4_closeEndsWhatIsUnderWay(TestContext stage) {
        Presence presence = stage.open(config -> config);
        stage.link().disturb(StoreFault.SILENT);
        CompletionStage<Long> count = presence.topic("room").async().count();
        CompletionStage<Boolean> touch = presence.topic("room").async().touch("ana");
        presence.close();
        for (CompletionStage<?> underWay : List.of(count, touch)) {
            assertThatThrownBy(() -> underWay.toCompletableFuture().get(1, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(PresenceException.class);
        }
    }

    @Test
    default void e4_theStoreMayBeClosedTwice(TestContext stage) {
        stage.topic().touch("ana");
        RecordingWatcher watcher = stage.watch(stage.topic());
        stage.link().close();
        stage.link().close();
        watcher.verify();
    }

    @Test
    default void e6_noExceptionOfAClientLibraryReachesTheCaller(TestContext stage) {
        stage.topic().touch("ana");
        for (StoreFault fault : List.of(StoreFault.FOREIGN, StoreFault.THROWN)) {
            stage.link().disturb(fault);
            for (ThrowingCallable call : everyCall(stage.topic())) {
                assertThatThrownBy(call)
                        .isInstanceOf(PresenceException.class)
                        .hasCauseInstanceOf(UncheckedIOException.class);
            }
            assertThatThrownBy(() ->
                            stage.topic().async().count().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(PresenceException.class);
        }
        stage.link().restore();
        assertThat(stage.topic().list()).containsExactly("ana");
    }

    @Test
    default void e7_eachCallerHasAnExceptionOfItsOwn(TestContext stage) throws InterruptedException {
        PresenceTopic topic =
                stage.open(config -> config.timeout(Duration.ofMillis(50))).topic("room");
        for (StoreFault fault : List.of(StoreFault.FOREIGN, StoreFault.SILENT)) {
            stage.link().disturb(fault);
            List<Throwable> thrown = ConcurrentRun.run(thread -> () -> catchThrowable(() -> topic.touch("m" + thread)));
            assertThat(thrown).doesNotHaveDuplicates().hasOnlyElementsOfType(PresenceException.class);
            assertThat(thrown)
                    .allSatisfy(failure -> assertThat(failure.getStackTrace())
                            .extracting(StackTraceElement::getClassName)
                            .anyMatch(name -> name.startsWith(ConcurrentRun.class.getName())));
        }
    }

    /** Attaches each callback on a separate thread, because a complete stage runs it on the attaching thread. */
    @Test
    default void e8_aCallbackThatBlocksHoldsUpNothingElse(TestContext stage) {
        AsyncPresenceTopic async = stage.topic().async();
        CountDownLatch release = new CountDownLatch(1);
        List<Supplier<CompletionStage<?>>> calls = List.of(
                () -> async.touch("ana"),
                () -> async.leave("bo"),
                async::count,
                async::list,
                () -> async.isLive("ana"));
        try {
            for (Supplier<CompletionStage<?>> call : calls) {
                CountDownLatch blocked = new CountDownLatch(1);
                Thread attaching = new Thread(() -> call.get().thenRun(() -> {
                    blocked.countDown();
                    Latches.await(release);
                }));
                attaching.setDaemon(true);
                attaching.start();
                Latches.await(blocked);
                assertThat(stage.topic().touchAll(List.of("ana", "cleo"))).doesNotContain("dan");
                assertThat(stage.topic().isLive("cleo")).isTrue();
                assertThat(stage.await(async.list())).contains("cleo");
            }
            Presence hasty = stage.open(config -> config.timeout(Duration.ofMillis(20)));
            stage.link().disturb(StoreFault.SILENT);
            assertThatThrownBy(() -> hasty.topic("room").count()).isInstanceOf(PresenceUnavailableException.class);
        } finally {
            release.countDown();
        }
    }

    private static List<ThrowingCallable> everyCall(PresenceTopic topic) {
        return List.of(
                () -> topic.touch("ana"),
                () -> topic.touchAll(List.of("ana", "bo")),
                () -> topic.leave("ana", "tab"),
                () -> topic.isLive("ana"),
                () -> topic.liveAmong(List.of("ana", "bo")),
                () -> topic.lastSeen("ana"),
                () -> topic.member("ana"),
                topic::count,
                topic::list,
                () -> topic.page(null, 10),
                topic::reset);
    }
}
