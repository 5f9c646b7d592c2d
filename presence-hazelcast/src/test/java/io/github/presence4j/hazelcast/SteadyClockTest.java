package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is stepped, and how a member decides by it. */
class SteadyClockTest {
    private static final long STEP = Duration.ofMinutes(5).toMillis();

    private long nanos = 17;
    private long given = 1_000_000;
    private final SteadyClock clock =
            new SteadyClock(() -> given, () -> nanos, SteadyClock.firstReading(() -> given, () -> nanos));

    /** Time passes, and somebody looks at the clock all the while. */
    private void pass(long millis) {
        for (long left = millis; left > 0; left -= 100) {
            nanos += TimeUnit.MILLISECONDS.toNanos(100);
            given += 100;
            long before = clock.millis();
            assertThat(clock.millis()).isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    void t2_followsAClockThatIsNotStepped() {
        pass(60_000);
        assertThat(clock.millis()).isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(longs = {300_000, -300_000})
    void t2_aStepIsNeverSeen(long step) {
        pass(10_000);
        given += step;
        long before = clock.millis();
        pass(60_000);
        assertThat(clock.millis() - before).isBetween(57_000L, 63_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {300_000, -300_000})
    void t2_aStepThatLastsIsMadeUpForSlowly(long step) {
        given += step;
        pass(21 * STEP);
        assertThat(clock.millis()).isEqualTo(given);
    }

    @Test
    void t2_aStepThatIsTakenBackLeavesNothing() {
        given += STEP;
        pass(5_000);
        given -= STEP;
        pass(10_000);
        assertThat(clock.millis()).isEqualTo(given);
    }

    @Test
    void t2_timePassesWhileNobodyLooks() {
        nanos += Duration.ofHours(1).toNanos();
        assertThat(clock.millis()).isEqualTo(given + Duration.ofHours(1).toMillis());
    }
}
