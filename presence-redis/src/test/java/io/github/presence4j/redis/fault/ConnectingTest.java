package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a store connects, how often it tries, and how calls fail until then. */
class ConnectingTest {
    private static final Topic ROOM = new Topic(new TopicId("presence", "room"), Duration.ofMinutes(1), null);
    private static final Duration PATIENT = Duration.ofSeconds(20);

    @Test
    void e2_aStoreConnectsBeforeItsFirstCall() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                TcpProxy proxy = TcpProxy.to(server.port());
                RedisStore store =
                        RedisStore.builder().uri(RedisFaultLoads.uri(proxy)).build()) {
            Eventually.await("the store has connected", () -> proxy.accepted() > 0);
            assertThat(store.topic(ROOM).count()).succeedsWithin(PATIENT);
            assertThat(proxy.accepted()).isOne();
        }
    }

    @Test
    void e2_aCallSaysThatTheStoreIsStillConnecting() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                TcpProxy proxy = TcpProxy.to(server.port())) {
            proxy.halfOpen();
            try (RedisStore store = RedisStore.builder()
                    .uri(RedisFaultLoads.uri(proxy))
                    .timeout(Duration.ofMillis(500))
                    .build()) {
                Eventually.await("the store connects", () -> proxy.accepted() > 0);
                assertThat(store.topic(ROOM).count())
                        .failsWithin(PATIENT)
                        .withThrowableThat()
                        .withCauseInstanceOf(PresenceUnavailableException.class)
                        .withMessageContaining("onnect");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":guess@"})
    void e7_aWrongPasswordIsNoOutage(String login) {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find(), "--requirepass", "secret");
                RedisStore store = RedisStore.builder()
                        .uri("redis://" + login + "127.0.0.1:" + server.port())
                        .build()) {
            assertThat(store.topic(ROOM).count())
                    .failsWithin(PATIENT)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(PresenceException.class)
                    .isNotInstanceOf(PresenceUnavailableException.class)
                    .withMessageNotContaining("guess");
        }
    }

    /** The proxy accepts connections, but the server behind it is down: each attempt is counted. */
    @Test
    void b5_callsDoNotConnectOneByOneWhileRedisIsDown() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                TcpProxy proxy = TcpProxy.to(server.port())) {
            server.kill();
            try (RedisStore store =
                    RedisStore.builder().uri(RedisFaultLoads.uri(proxy)).build()) {
                long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
                int calls = 0;
                while (System.nanoTime() < end) {
                    assertThat(store.topic(ROOM).count()).failsWithin(PATIENT);
                    calls++;
                }
                assertThat(proxy.accepted()).as("connects of %s calls", calls).isLessThan(20);
            }
        }
    }
}
