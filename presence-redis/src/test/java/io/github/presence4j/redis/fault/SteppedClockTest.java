package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.testkit.fault.EventOrderChecker;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.ShiftedClock;
import io.github.presence4j.testkit.fault.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose clock is set back by more or less than what the cell last recorded, by more or less than the TTL. */
@Tag("clock")
class SteppedClockTest {
    private static final Duration TTL = Duration.ofSeconds(3);
    private static final Duration BOUND = TTL.multipliedBy(2).plusSeconds(1);

    private final ShiftedClockTopic room = new ShiftedClockTopic(RedisBinary.find(), TTL);
    private final ShiftedClock clock = room.clock;
    private final PresenceTopic topic = room.topic;

    @AfterEach
    void close() {
        room.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10})
    void t3_setBackAsSomeStopAndSomeBeat(long seconds) {
        topic.touchAll(List.of("beats", "stops"));
        beat(TTL.minusSeconds(1));
        clock.shift(Duration.ofSeconds(-seconds));
        long begin = System.nanoTime();
        Eventually.await("who stopped is gone", () -> {
            assertThat(topic.touch("beats")).as("had vanished").isFalse();
            return topic.list().equals(List.of("beats"));
        });
        assertThat(Timing.since(begin)).isLessThan(BOUND);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10})
    void t3_setBackWhileTheTopicIsOnlyWatched(long seconds) {
        EventOrderChecker onlooker = new EventOrderChecker();
        topic.touchAll(List.of("stopped", "stopped too"));
        topic.watch(onlooker::see);
        Eventually.await("the watch has begun", () -> onlooker.view().size() == 2);
        clock.shift(Duration.ofSeconds(-seconds));
        long begin = System.nanoTime();
        Eventually.await("they have timed out", () -> onlooker.view().isEmpty());
        assertThat(Timing.since(begin)).isLessThan(BOUND);
        assertThat(topic.count()).isZero();
        topic.touch("back");
        Eventually.await("who came back is seen", () -> onlooker.view().equals(Set.of("back")));
        assertThat(onlooker.violations()).isEmpty();
    }

    private void beat(Duration duration) {
        long begin = System.nanoTime();
        Eventually.await("some beats", () -> {
            topic.touch("beats");
            return Timing.since(begin).compareTo(duration) >= 0;
        });
    }
}
