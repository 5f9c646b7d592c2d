package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that fails, hangs or never answers while many calls are under way. */
class OutageTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    /** Allows for a machine that is busy with other work. */
    private static final Duration AT_THE_LATEST = Duration.ofSeconds(20);

    private static final long SMALL_STACK = 160 * 1024;
    private static final int MANY = 60_000;

    private final RemoteStore store = new RemoteStore(2);
    private final Presence presence =
            Presence.using(store, PresenceConfig.builder().timeout(TIMEOUT).build());
    private final PresenceTopic room = presence.topic("room");
    private final AsyncPresenceTopic topic = room.async();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        store.disturb(null);
        presence.close();
    }

    private static PresenceException failure(CompletionStage<?> stage) {
        Throwable failure =
                catchThrowable(() -> stage.toCompletableFuture().get(AT_THE_LATEST.toMillis(), TimeUnit.MILLISECONDS));
        assertThat(failure).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(PresenceException.class);
        return (PresenceException) Objects.requireNonNull(failure.getCause());
    }

    private static List<CompletionStage<Boolean>> manyTouches(AsyncPresenceTopic topic) {
        return IntStream.range(0, MANY).mapToObj(i -> topic.touch("m" + i)).toList();
    }

    private static void onASmallStack(Runnable task) throws InterruptedException {
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = new Thread(null, task, "small stack", SMALL_STACK);
        thread.setUncaughtExceptionHandler((ended, failure) -> thrown.add(failure));
        thread.start();
        thread.join();
        assertThat(thrown).isEmpty();
    }

    private void lanesGoOn() {
        store.disturb(null);
        CompletionStage<Boolean> touch = topic.touch("after");
        store.answerAll();
        assertThat(touch.toCompletableFuture()).succeedsWithin(AT_THE_LATEST);
    }

    @Test
    void e2_manyCallsThatNobodyAnswersFailInTime() {
        long begin = System.nanoTime();
        List<CompletionStage<Boolean>> touches = manyTouches(topic);
        touches.forEach(touch -> assertThat(failure(touch)).isInstanceOf(PresenceUnavailableException.class));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_THE_LATEST);
        lanesGoOn();
    }

    @Test
    void e2_manyCallsThatFailAtOnceNeedNoDeepStack() throws InterruptedException {
        try (Presence patient = Presence.using(
                store, PresenceConfig.builder().timeout(AT_THE_LATEST).build())) {
            List<CompletionStage<Boolean>> touches =
                    manyTouches(patient.topic("room").async());
            store.disturb(() -> CompletableFuture.failedFuture(new IllegalStateException("down")));
            onASmallStack(store::answerAll);
            assertThat(touches.stream().skip(2).map(OutageTest::failure))
                    .hasOnlyElementsOfType(PresenceException.class);
        }
        lanesGoOn();
    }

    @Test
    void e2_manyCallsOfAStoreThatIsDownNeedNoDeepStack() throws InterruptedException {
        store.disturb(() -> CompletableFuture.failedFuture(new IllegalStateException("down")));
        onASmallStack(() -> manyTouches(topic));
        lanesGoOn();
    }

    @Test
    void e2_anErrorOfTheStoreFailsItsCallsAndNothingElse() {
        for (Error error : List.of(new StackOverflowError(), new NoClassDefFoundError(), new AssertionError())) {
            store.disturb(() -> {
                throw error;
            });
            Stream.of(topic.touch("ana"), topic.leave("ana"), topic.reset(), topic.isLive("ana"), topic.count())
                    .forEach(stage -> assertThat(failure(stage)).hasCause(error));
            lanesGoOn();
        }
    }

    @Test
    void e2_aCallThatHangsInTheStoreHoldsUpItsOwnThreadOnly() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        store.disturb(() -> {
            hanging.countDown();
            await(release);
            return new CompletableFuture<>();
        });
        Thread thread = new Thread(() -> topic.touch("hung"));
        thread.start();
        await(hanging);
        store.disturb(null);
        assertThat(failure(topic.touch("behind"))).isInstanceOf(PresenceUnavailableException.class);
        lanesGoOn();
        release.countDown();
        thread.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void o2_whatIsGivenUpIsCancelledAtTheStore() {
        Stream.of(topic.touch("ana"), topic.touchAll(List.of("bo", "cleo")), topic.leave("dan"), topic.count())
                .forEach(OutageTest::failure);
        assertThat(store.underWay)
                .hasSize(4)
                .allSatisfy(stage -> assertThat(stage).isCancelled());
    }

    @Test
    void o2_whatIsUnderWayWhenPresenceClosesIsCancelledAtTheStore() {
        topic.touch("ana");
        topic.reset();
        topic.count();
        presence.close();
        assertThat(store.underWay)
                .hasSize(2)
                .allSatisfy(stage -> assertThat(stage).isCancelled());
        assertThat(store.changes).as("what waited is not sent").containsExactly("touch ana");
    }

    @Test
    void e7_eachWhoWaitsHasAnExceptionOfItsOwn() {
        List<CompletableFuture<Throwable>> callers = IntStream.range(0, 40)
                .mapToObj(i -> {
                    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
                    new Thread(() -> thrown.complete(catchThrowable(() -> touchOfItsOwn(i)))).start();
                    return thrown;
                })
                .toList();
        List<Throwable> thrown = callers.stream().map(CompletableFuture::join).toList();
        assertThat(thrown).doesNotHaveDuplicates().hasOnlyElementsOfType(PresenceUnavailableException.class);
        assertThat(thrown)
                .allSatisfy(failure -> assertThat(failure.getStackTrace())
                        .extracting(StackTraceElement::getMethodName)
                        .contains("touchOfItsOwn"));
    }

    private void touchOfItsOwn(int number) {
        room.touch("m" + number);
    }

    @Test
    void e7_eachStageHasAnExceptionOfItsOwn() {
        List<PresenceException> failures = IntStream.range(0, 40).mapToObj(i -> topic.touch("m" + i)).toList().stream()
                .map(OutageTest::failure)
                .toList();
        assertThat(failures).doesNotHaveDuplicates();
    }

    @Test
    void e8_callbacksThatBlockHoldUpNoOtherCallAndNoTimeout() {
        List<CompletionStage<Void>> blocked = IntStream.range(0, 2 * CallbackThreads.MAX_THREADS)
                .mapToObj(i -> topic.touch("m" + i).thenAccept(joined -> await(release)))
                .toList();
        store.answerAll();
        store.disturb(CompletableFuture::new);
        assertThat(catchThrowable(() -> room.touch("ana"))).isInstanceOf(PresenceUnavailableException.class);
        assertThat(catchThrowable(room::count)).isInstanceOf(PresenceUnavailableException.class);
        store.disturb(null);
        release.countDown();
        assertThat(blocked)
                .allSatisfy(stage -> assertThat(stage.toCompletableFuture()).succeedsWithin(AT_THE_LATEST));
    }

    @Test
    void e8_aCallbackThatWaitsForAnotherCallOfItsBatchIsAnswered() {
        topic.touch("x");
        topic.touch("y");
        CompletableFuture<CompletionStage<Boolean>> later = new CompletableFuture<>();
        CompletionStage<Boolean> waiting = topic.touch("a")
                .thenApply(joined -> later.join().toCompletableFuture().join());
        later.complete(topic.touch("b"));
        store.answerAll();
        assertThat(waiting.toCompletableFuture()).succeedsWithin(AT_THE_LATEST);
    }

    @Test
    void e8_noCallbackRunsOnAThreadOfTheStoreOrOfTheTimeouts() {
        Thread storeThread = Thread.currentThread();
        CompletionStage<Thread> answered = topic.touch("ana").thenApply(joined -> Thread.currentThread());
        CompletionStage<Thread> read = topic.count().thenApply(count -> Thread.currentThread());
        CompletionStage<Thread> listed = topic.list().thenApply(names -> Thread.currentThread());
        store.answerAll();
        CompletionStage<Thread> late = topic.touch("bo").handle((joined, failure) -> Thread.currentThread());
        assertThat(Stream.of(answered, read, listed, late)
                        .map(stage -> stage.toCompletableFuture().join()))
                .doesNotContain(storeThread)
                .allSatisfy(thread -> assertThat(thread.getName()).startsWith("presence-callback-"));
    }

    @Test
    void b5_callbacksHaveABoundedNumberOfThreads() {
        IntStream.range(0, 10 * CallbackThreads.MAX_THREADS)
                .forEach(i -> topic.isLive("m" + i).thenAccept(live -> await(release)));
        store.answerAll();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("presence-callback-")))
                .hasSizeLessThanOrEqualTo(2 * CallbackThreads.MAX_THREADS);
    }
}
