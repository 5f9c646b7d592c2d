package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Touch;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.TcpProxy;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rule O3: the server executes a leave, its answer is lost, and the link is restored. Later changes must not be undone. */
class OnceTest {
    private static final Topic ROOM = new Topic(new TopicId("presence", "room"), Duration.ofMinutes(1), null);
    private static final Duration PATIENT = Duration.ofSeconds(20);

    @Test
    void o3_aChangeWhoseAnswerWasLostIsNotSentAgain() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                TcpProxy proxy = TcpProxy.to(server.port());
                RedisStore store = RedisStore.builder()
                        .uri(RedisFaultLoads.uri(proxy))
                        .timeout(PATIENT)
                        .build();
                RedisStore elsewhere = RedisStore.builder().uri(server.uri()).build()) {
            losesTheAnswer(store, elsewhere, proxy);
        }
    }

    /** With the default settings of Lettuce, which keep and repeat the commands under way. */
    @Test
    void o3_norOnAClientThatWasLent() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                TcpProxy proxy = TcpProxy.to(server.port());
                RedisClient client = RedisClient.create();
                RedisStore store = RedisStore.builder()
                        .client(client, RedisURI.create(RedisFaultLoads.uri(proxy)))
                        .timeout(PATIENT)
                        .build();
                RedisStore elsewhere = RedisStore.builder().uri(server.uri()).build()) {
            losesTheAnswer(store, elsewhere, proxy);
        }
    }

    private static void losesTheAnswer(RedisStore store, RedisStore elsewhere, TcpProxy proxy) {
        assertThat(answer(store.topic(ROOM).touch(List.of(Touch.of("ana")))).joined())
                .containsExactly("ana");
        answer(store.topic(ROOM).leave(List.of(new Leave("bo", null))));
        proxy.loseAnswers();
        CompletionStage<?> leave = store.topic(ROOM).leave(List.of(new Leave("ana", null)));
        Eventually.await(
                "the server has carried out the leave",
                () -> answer(elsewhere.topic(ROOM).count()) == 0);
        assertThat(answer(elsewhere.topic(ROOM).touch(List.of(Touch.of("ana")))).joined())
                .containsExactly("ana");
        proxy.cut();
        proxy.heal();
        Eventually.await("calls succeed", () -> succeeds(store.topic(ROOM).count()));
        assertThat(leave)
                .failsWithin(PATIENT)
                .withThrowableThat()
                .withCauseInstanceOf(PresenceUnavailableException.class);
        assertThat(answer(elsewhere.topic(ROOM).count()))
                .as("ana came back after the leave")
                .isOne();
    }

    private static boolean succeeds(CompletionStage<?> call) {
        try {
            call.toCompletableFuture().get(PATIENT.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
