package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceCapacityException;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.Touch;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rule B7: the calls under way in a store are bounded, and calls beyond the limit wait. */
class UnderWayTest {
    private static final int TOPICS = 50_000;

    /** More calls than may be under way and waiting together. */
    private static final int TOO_MANY = 75_000;

    private static final Duration PATIENT = Duration.ofMinutes(1);

    @Test
    void b7_manyTopicsAreTouchedAndLeftOverALongLink() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                TcpProxy proxy = TcpProxy.to(server.port());
                RedisStore store = RedisStore.builder()
                        .uri(RedisFaultLoads.uri(proxy))
                        .timeout(PATIENT)
                        .build();
                Presence presence = Presence.using(
                        store, PresenceConfig.builder().timeout(PATIENT).build())) {
            proxy.delay(Duration.ofMillis(50));
            List<CompletionStage<Boolean>> touches = IntStream.range(0, TOPICS)
                    .mapToObj(i -> presence.topic("room " + i).async().touch("ana"))
                    .toList();
            assertThat(touches).allSatisfy(touch -> assertThat(answer(touch)).isTrue());
            List<CompletionStage<Boolean>> leaves = IntStream.range(0, TOPICS)
                    .mapToObj(i -> presence.topic("room " + i).async().leave("ana"))
                    .toList();
            assertThat(leaves).allSatisfy(leave -> assertThat(answer(leave)).isTrue());
        }
    }

    private static boolean answer(CompletionStage<Boolean> call) {
        return call.toCompletableFuture().join();
    }

    @Test
    void b7_whatCannotWaitFailsAtOnceByTheNameOfTheBound() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                RedisStore store =
                        RedisStore.builder().uri(server.uri()).timeout(PATIENT).build()) {
            Topic topic = new Topic(new TopicId("presence", "room"), PATIENT, null);
            store.topic(topic).count().toCompletableFuture().join();
            server.freeze();
            List<CompletionStage<?>> calls = IntStream.range(0, TOO_MANY)
                    .<CompletionStage<?>>mapToObj(i -> store.topic(topic).touch(List.of(Touch.of("ana"))))
                    .toList();
            assertThat(calls.get(TOO_MANY - 1))
                    .isCompletedExceptionally()
                    .failsWithin(PATIENT)
                    .withThrowableThat()
                    .withCauseInstanceOf(PresenceCapacityException.class)
                    .withMessageContaining("65536 commands waiting");
            server.thaw();
            assertThat(calls.subList(0, 70_000))
                    .allSatisfy(call -> assertThat(call).succeedsWithin(PATIENT));
        }
    }
}
