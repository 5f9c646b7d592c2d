package io.github.presence4j.redis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.testkit.fault.ShiftedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A running server's clock goes where it is told to, at once. */
@Tag("clock")
class ShiftedClockTest {
    static Stream<RedisBinary> binaries() {
        return Stream.of(RedisBinary.embedded(), RedisBinary.installed());
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void scriptsAndExpiryFollowTheClock(RedisBinary binary) {
        try (ShiftedClock clock = ShiftedClock.create();
                RedisProcess server = RedisProcess.start(binary, clock.environment())) {
            assertThat(offBy(server)).isBetween(-1L, 1L);
            for (long hours : new long[] {48, -48, 0, 1}) {
                clock.shift(Duration.ofHours(hours));
                assertThat(offBy(server)).isBetween(hours * 3600 - 1, hours * 3600 + 1);
                assertThat(server.command("PING")).isEqualTo("PONG");
            }

            server.command("SET", "who", "ana", "EX", "60");
            clock.shift(Duration.ofHours(1).plusSeconds(50));
            assertThat(server.command("EXISTS", "who")).isEqualTo("1");
            clock.shift(Duration.ofHours(1).plusSeconds(70));
            assertThat(server.command("EXISTS", "who")).isEqualTo("0");
        }
    }

    private static long offBy(RedisProcess server) {
        String seconds = server.command("EVAL", "return redis.call('TIME')[1]", "0");
        return Long.parseLong(seconds) - Instant.now().getEpochSecond();
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void servesThousandsOfCommandsMeanwhile(RedisBinary binary) {
        try (ShiftedClock clock = ShiftedClock.create();
                RedisProcess server = RedisProcess.start(binary, clock.environment())) {
            clock.shift(Duration.ofDays(-1));
            String loop = "for i = 1, 100000 do redis.call('ZADD', 'z', redis.call('TIME')[1], i) end return 'done'";
            assertThat(server.command("EVAL", loop, "0")).isEqualTo("done");
            assertThat(server.command("ZCARD", "z")).isEqualTo("100000");
            assertThatThrownBy(() -> clock.shift(Duration.ofMillis(1500))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
