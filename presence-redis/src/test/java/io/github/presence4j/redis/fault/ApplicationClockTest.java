package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.EventOrderChecker;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.ShiftedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application whose clock is wrong by a whole TTL. Where applications send times, one such reader empties the set. */
@Tag("clock")
class ApplicationClockTest {
    private static final Duration TTL = Duration.ofMinutes(5);
    /** The first call of a JVM may be slow. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(longs = {6, -6})
    void t2_theClockOfAnApplicationDoesNotMatter(long minutes) {
        EventOrderChecker onlooker = new EventOrderChecker();
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                ShiftedClock clock = ShiftedClock.create();
                RedisStore store =
                        RedisStore.builder().uri(server.uri()).timeout(TIMEOUT).build();
                Presence presence = Presence.using(
                        store,
                        PresenceConfig.builder().ttl(TTL).timeout(TIMEOUT).build())) {
            PresenceTopic topic = presence.topic("room");
            topic.watch(onlooker::see);
            topic.touchAll(List.of("ana", "bo"));
            clock.shift(Duration.ofMinutes(minutes));
            try (ShiftedClockProcess wrong = ShiftedClockProcess.start(clock.environment(), server.uri(), TTL)) {
                assertThat(Long.parseLong(wrong.ask("clock")) - System.currentTimeMillis())
                        .as("the other JVM's clock is off")
                        .isCloseTo(Duration.ofMinutes(minutes).toMillis(), within(5_000L));
                assertThat(wrong.ask("list")).isEqualTo("[ana, bo]");
                assertThat(wrong.ask("active")).isEqualTo("[ana, bo]");
                assertThat(wrong.ask("isLive ana")).isEqualTo("true");
                assertThat(wrong.ask("touch ana")).isEqualTo("false");
                assertThat(wrong.ask("touch cy")).isEqualTo("true");
                Instant now = Instant.now();
                assertThat(topic.lastSeen("cy").orElseThrow()).isCloseTo(now, within(5, ChronoUnit.SECONDS));
                assertThat(Instant.parse(wrong.ask("lastSeen ana")))
                        .isEqualTo(topic.lastSeen("ana").orElseThrow())
                        .isCloseTo(now, within(5, ChronoUnit.SECONDS));
                assertThat(topic.within(Duration.ofMinutes(1)).list()).containsExactlyInAnyOrder("ana", "bo", "cy");
                Eventually.await("the watcher is told", () -> onlooker.view().equals(Set.of("ana", "bo", "cy")));
                assertThat(onlooker.violations()).isEmpty();
            }
        }
    }
}
