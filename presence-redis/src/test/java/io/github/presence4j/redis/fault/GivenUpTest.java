package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to a frozen server that have failed for their callers when the server resumes. */
class GivenUpTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    /** Allows for a machine that is busy with other work; a chain of failures took several times as long. */
    private static final Duration A_LITTLE_MORE = Duration.ofSeconds(30);

    private static final int BULK = 20_000;
    /** The round trips of the rest of the bulk call, and of one repetition. */
    private static final int COUNTS = 100;

    private static final int MANY = 60_000;

    private final RedisProcess server = RedisProcess.start(RedisBinary.find());

    @AfterEach
    void close() {
        server.close();
    }

    private RedisStore store(int shards) {
        return RedisStore.builder()
                .uri(server.uri())
                .timeout(Duration.ofMinutes(1))
                .topicShards(shards)
                .build();
    }

    private static Presence presence(RedisStore store, Duration timeout) {
        return Presence.using(store, PresenceConfig.builder().timeout(timeout).build());
    }

    /** Waits as long as a busy machine needs. */
    private static void connect(RedisStore store) {
        try (Presence patient = presence(store, Duration.ofMinutes(1))) {
            patient.topic("other").touch("ana");
        }
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void o2_aBulkCallThatTimedOutSendsNothingMore(int shards) {
        try (RedisStore store = store(shards);
                Presence hasty = presence(store, TIMEOUT);
                Presence patient = presence(store, Duration.ofMinutes(1))) {
            patient.topic("room").touch("ana");
            server.freeze();
            try {
                assertThatThrownBy(() -> hasty.topic("room").touchAll(names(BULK)))
                        .isInstanceOf(PresenceUnavailableException.class);
                assertThatThrownBy(() -> hasty.topic("room").leave("ana"))
                        .isInstanceOf(PresenceUnavailableException.class);
            } finally {
                server.thaw();
            }
            patient.topic("room").reset();
            for (int i = 0; i < COUNTS; i++) {
                assertThat(patient.topic("room").count()).isZero();
            }
        }
    }

    /** The connection takes longer than the caller waits, and less than the minute that the store has. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void o2_aTouchThatWaitsForTheConnectionIsNotSentAfterItsCallerGaveUp(int shards) {
        try (TcpProxy link = TcpProxy.to(server.port())) {
            link.delay(TIMEOUT.multipliedBy(2));
            try (RedisStore store = RedisStore.builder()
                            .uri(RedisFaultLoads.uri(link))
                            .timeout(Duration.ofMinutes(1))
                            .topicShards(shards)
                            .build();
                    Presence hasty = presence(store, TIMEOUT);
                    Presence patient = presence(store, Duration.ofMinutes(1))) {
                assertThatThrownBy(() -> hasty.topic("room").touch("late"))
                        .isInstanceOf(PresenceUnavailableException.class);
                patient.topic("room").touch("ana");
                assertThat(patient.topic("room").list()).containsExactly("ana");
            }
        }
    }

    @Test
    void e2_manyTouchesOfOneTopicFailInTime() {
        try (RedisStore store = store(1);
                Presence presence = presence(store, TIMEOUT)) {
            AsyncPresenceTopic room = presence.topic("room").async();
            connect(store);
            server.freeze();
            List<CompletionStage<Boolean>> touches =
                    IntStream.range(0, MANY).mapToObj(i -> room.touch("m" + i)).toList();
            long sent = System.nanoTime();
            server.kill();
            for (CompletionStage<Boolean> touch : touches) {
                assertThat(catchThrowable(
                                () -> touch.toCompletableFuture().get(A_LITTLE_MORE.toMillis(), TimeUnit.MILLISECONDS)))
                        .hasCauseInstanceOf(PresenceException.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(TIMEOUT.plus(A_LITTLE_MORE));
        }
    }
}
