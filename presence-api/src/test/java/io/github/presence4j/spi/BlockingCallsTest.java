package io.github.presence4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockingCallsTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch running = new CountDownLatch(1);
    private final BlockingCalls calls =
            BlockingCalls.builder("test").threads(1).maxWaiting(1).build();

    @AfterEach
    void close() {
        release.countDown();
        calls.close();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (Exception e) {
            return e;
        }
        throw new AssertionError("The call did not fail");
    }

    private String next() throws Exception {
        return get(calls.call(call -> "next"));
    }

    private boolean nextIsInterrupted() throws Exception {
        return get(calls.call(call -> Thread.interrupted()));
    }

    /** Work that waits for the release. */
    private CompletionStage<String> hold() throws Exception {
        CompletionStage<String> held = calls.call(call -> {
            running.countDown();
            release.await();
            return "released";
        });
        running.await();
        return held;
    }

    @Test
    void b7_aCallWaitsForAWorkerAndOneBeyondTheLimitIsRefusedByName() throws Exception {
        CompletionStage<String> held = hold();
        CompletionStage<String> waiting = calls.call(call -> "waited");
        assertThat(failure(calls.call(call -> "refused")))
                .isInstanceOf(PresenceException.class)
                .isNotInstanceOf(PresenceUnavailableException.class)
                .hasMessageContaining("Limit of 2 calls under way in store 'test'");
        release.countDown();
        assertThat(get(held)).isEqualTo("released");
        assertThat(get(waiting)).isEqualTo("waited");
        assertThat(next()).isEqualTo("next");
    }

    @Test
    void b5_noMoreCallsRunAtATimeThanThereAreThreads() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletionStage<Integer>> all = new ArrayList<>();
        try (BlockingCalls three = BlockingCalls.builder("test").threads(3).build()) {
            CountDownLatch together = new CountDownLatch(3);
            for (int i = 0; i < 50; i++) {
                all.add(three.call(call -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    together.countDown();
                    together.await();
                    return now.decrementAndGet();
                }));
            }
            for (CompletionStage<Integer> stage : all) {
                get(stage);
            }
        }
        assertThat(most).hasValue(3);
    }

    @Test
    void e8_aCallbackThatBlocksHoldsNoWorker() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        hold().thenRun(() -> {
            blocked.countDown();
            awaitForEver();
        });
        release.countDown();
        blocked.await();
        assertThat(next()).isEqualTo("next");
    }

    private static void awaitForEver() {
        try {
            new CountDownLatch(1).await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void o2_aCallThatIsGivenUpBeforeItsTurnIsNotRunAndLeavesItsPlace() throws Exception {
        hold();
        AtomicInteger runs = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            CompletableFuture<Integer> waiting =
                    calls.call(call -> runs.incrementAndGet()).toCompletableFuture();
            assertThat(waiting.isDone()).as("waits").isFalse();
            assertThat(waiting.cancel(false)).isTrue();
        }
        release.countDown();
        assertThat(next()).isEqualTo("next");
        assertThat(runs).hasValue(0);
    }

    @Test
    void o2_aCallThatIsGivenUpIsInterruptedAndTheNextOneIsNot() throws Exception {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        CompletionStage<String> given = calls.call(call -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ends.add("interrupted");
            }
            call.throwIfGivenUp();
            return "not reached";
        });
        running.await();
        given.toCompletableFuture().cancel(false);
        assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertThat(nextIsInterrupted()).isFalse();
        assertThat(failure(given)).isInstanceOf(CancellationException.class);
    }

    @Test
    void o2_workThatSaidHowToStopItIsStoppedAndNotInterrupted() throws Exception {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        CountDownLatch stopped = new CountDownLatch(1);
        CompletionStage<String> given = calls.call(call -> {
            call.onGiveUp(() -> ends.add("an earlier action"));
            call.onGiveUp(stopped::countDown);
            running.countDown();
            stopped.await();
            assertThatThrownBy(call::throwIfGivenUp).isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> call.onGiveUp(() -> {})).isInstanceOf(CancellationException.class);
            ends.add("interrupted: " + Thread.interrupted());
            return "too late";
        });
        running.await();
        given.toCompletableFuture().cancel(false);
        assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo("interrupted: false");
        assertThat(next()).isEqualTo("next");
    }

    @Test
    void o2_aStopThatComesTooLateReachesNoLaterWork() throws Exception {
        AtomicBoolean late = new AtomicBoolean();
        CompletionStage<String> done = calls.call(call -> {
            call.onGiveUp(() -> late.set(true));
            return "done";
        });
        get(done);
        done.toCompletableFuture().cancel(false);
        assertThat(nextIsInterrupted()).isFalse();
        assertThat(late).isFalse();
    }

    @Test
    void e7_anOutageIsAnOutageAndABugStaysABug() {
        IOException lost = new IOException("Connection reset");
        for (Exception thrown : List.of(lost, new IllegalStateException("wrapped", lost))) {
            assertThat(failure(calls.call(call -> {
                        throw thrown;
                    })))
                    .isInstanceOf(PresenceUnavailableException.class)
                    .hasMessageContaining("'test'")
                    .hasMessageContaining("may be repeated")
                    .hasCause(thrown);
        }
        for (Throwable thrown : List.of(
                new IllegalArgumentException("cursor"),
                new PresenceException("ours", lost),
                new StackOverflowError())) {
            assertThat(failure(calls.call(call -> {
                        if (thrown instanceof Error error) {
                            throw error;
                        }
                        throw (RuntimeException) thrown;
                    })))
                    .isSameAs(thrown);
        }
    }

    private static BlockingWork<String> failing(Exception failure) {
        return call -> {
            throw failure;
        };
    }

    @Test
    void e7_theStoreSaysWhatAnOutageIs() {
        try (BlockingCalls own = BlockingCalls.builder("test")
                .outage(IllegalStateException.class::isInstance)
                .build()) {
            assertThat(failure(own.call(failing(new IllegalStateException("starting")))))
                    .isInstanceOf(PresenceUnavailableException.class);
            assertThat(failure(own.call(failing(new IOException("a bug, here")))))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void e7_aFailureThatCannotBeJudgedIsNoOutageAndEndsItsCall() {
        try (BlockingCalls own = BlockingCalls.builder("test")
                .outage(failure -> List.<Boolean>of().get(0)) // throws
                .build()) {
            assertThat(failure(own.call(failing(new IOException())))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void e4_closeEndsWhatHangsAndWhatWaits() throws Exception {
        CompletionStage<Boolean> hanging = calls.call(call -> {
            call.onGiveUp(() -> {}); // neither stopped nor interrupted
            running.countDown();
            return release.await(30, TimeUnit.SECONDS);
        });
        running.await();
        CompletionStage<String> waiting = calls.call(call -> "not run");
        long before = System.nanoTime();
        calls.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        for (CompletionStage<?> stage : List.of(hanging, waiting, calls.call(call -> "later"))) {
            assertThat(failure(stage))
                    .isInstanceOf(PresenceUnavailableException.class)
                    .hasMessageContaining("closed");
        }
        calls.close();
        assertThat(calls.isClosed()).isTrue();
    }

    /** A worker that hangs delays {@code close}, but not the failure of its call. */
    @Test
    void e4_theCallerNeedNotWaitForTheWorker() throws Exception {
        BlockingQueue<Boolean> failedFirst = new LinkedBlockingQueue<>();
        CompletionStage<String> hanging = calls.call(call -> {
            call.onGiveUp(() -> {});
            running.countDown();
            release.await();
            return "too late";
        });
        hanging.whenComplete((result, failure) -> {
            failedFirst.add(failure != null && release.getCount() == 1);
            release.countDown();
        });
        running.await();
        calls.close();
        assertThat(failedFirst.poll(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void e5_aSettingOutOfRangeIsRefusedByName() {
        BlockingCalls.Builder builder = BlockingCalls.builder("test");
        assertThatThrownBy(() -> builder.threads(0)).hasMessage("threads must be from 1 to 1000 but was 0");
        assertThatThrownBy(() -> builder.maxWaiting(1_000_001)).hasMessageContaining("maxWaiting must be from 1 to");
        assertThatThrownBy(() -> calls.repeat(Duration.ZERO, call -> true)).hasMessageContaining("at least 1 ms");
    }
}
