package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of a store that does not answer: one timer watches over all of them, and each ends at its own time (E3). */
class TimeoutsTest {
    private static final Duration TIMEOUT = Duration.ofMillis(200);
    /** For a machine that is busy with other things. */
    private static final Duration AT_THE_LATEST = TIMEOUT.plusSeconds(10);

    private final RemoteStore store = new RemoteStore(2);
    private final Presence presence =
            Presence.using(store, PresenceConfig.builder().timeout(TIMEOUT).build());
    private final AsyncPresenceTopic topic = presence.topic("room").async();

    @AfterEach
    void close() {
        presence.close();
    }

    /** How long a call that nobody answers takes. */
    private CompletableFuture<Duration> silentCall() {
        long began = System.nanoTime();
        return topic.count()
                .handle((count, failure) -> {
                    assertThat(failure).isInstanceOf(PresenceUnavailableException.class);
                    return Duration.ofNanos(System.nanoTime() - began);
                })
                .toCompletableFuture();
    }

    private static void assertInTime(CompletableFuture<Duration> call) {
        assertThat(call.orTimeout(AT_THE_LATEST.toMillis(), TimeUnit.MILLISECONDS)
                        .join())
                .isBetween(TIMEOUT, AT_THE_LATEST);
    }

    @Test
    void e3_aCallThatBeginsAfterOthersTimedOutDoesSoToo() {
        CompletableFuture<Duration> first = silentCall();
        CompletableFuture<Duration> second = first.thenCompose(done -> silentCall());
        CompletableFuture<Duration> third = second.thenCompose(done -> silentCall());
        Stream.of(first, second, third).forEach(TimeoutsTest::assertInTime);
    }

    /** The timer goes off for the first ones while later ones have time left. */
    @Test
    void e3_noCallIsEndedBeforeItsTimeBecauseAnotherOneIs() {
        CompletableFuture<Duration> first = silentCall();
        CompletableFuture<Duration> later = CompletableFuture.supplyAsync(
                        this::silentCall,
                        CompletableFuture.delayedExecutor(TIMEOUT.toMillis() / 2, TimeUnit.MILLISECONDS))
                .thenCompose(call -> call);
        assertInTime(first);
        assertInTime(later);
    }

    /** On a slow machine the first call may end by its timeout while the store still connects. */
    @Test
    void e2_aTimeoutBeforeTheFirstAnswerSaysThatTheStoreMayStillBeConnecting() {
        assertThat(failure())
                .hasMessageContaining("did not answer within 200 ms, nor any call before")
                .hasMessageContaining("still be connecting");
        CompletionStage<Long> answered = topic.count();
        store.answerAll();
        answered.toCompletableFuture().join();
        assertThat(failure()).hasMessageContaining("did not answer within 200 ms. A change");
    }

    private Throwable failure() {
        return topic.count()
                .handle((count, failure) -> failure)
                .toCompletableFuture()
                .join();
    }

    @Test
    void e3_anAnswerThatIsLateChangesNothing() {
        CompletionStage<Long> call = topic.count();
        assertThatThrownBy(() -> call.toCompletableFuture().join())
                .hasCauseInstanceOf(PresenceUnavailableException.class)
                .hasMessageContaining("200 ms");
        store.answerAll();
        assertThat(call.toCompletableFuture()).isCompletedExceptionally();
    }

    /** A leave that waits for a touch without an answer is sent when the touch is given up, whatever the callbacks do. */
    @Test
    void e8_callbacksThatBlockDoNotHoldUpTheCallsBehindOneThatTimedOut() {
        Duration timeout = Duration.ofSeconds(4);
        CompletableFuture<Void> end = new CompletableFuture<>();
        PresenceConfig config = PresenceConfig.builder().timeout(timeout).build();
        try (Presence blocked = Presence.using(store, config)) {
            AsyncPresenceTopic room = blocked.topic("room").async();
            for (int i = 0; i <= CallbackThreads.MAX_THREADS; i++) {
                room.count().thenRun(end::join);
            }
            store.answerAll();
            room.touch("ana");
            CompletableFuture.runAsync(
                            () -> room.leave("ana"),
                            CompletableFuture.delayedExecutor(timeout.toMillis() / 4, TimeUnit.MILLISECONDS))
                    .join();
            assertThat(store.changes).as("the leave waits").containsExactly("touch ana");
            awaitChanges(2);
            assertThat(store.changes).containsExactly("touch ana", "leave ana");
        } finally {
            end.complete(null);
        }
    }

    private void awaitChanges(int number) {
        long begin = System.nanoTime();
        while (store.changes.size() < number && System.nanoTime() - begin < AT_THE_LATEST.toNanos()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
