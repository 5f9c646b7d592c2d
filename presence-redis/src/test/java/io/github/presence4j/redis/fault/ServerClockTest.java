package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.testkit.fault.EventOrderChecker;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.ShiftedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server whose clock is set by an hour. Ghosts may stay for one TTL more than they would have, and nobody who beats goes. */
@Tag("clock")
class ServerClockTest {
    private static final Duration TTL = Duration.ofSeconds(2);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BOUND = TTL.multipliedBy(2).plusSeconds(1);

    private final ShiftedClockTopic room = new ShiftedClockTopic(RedisBinary.installed(), TTL);
    private final ShiftedClock clock = room.clock;
    private final PresenceTopic topic = room.topic;

    @AfterEach
    void close() {
        room.close();
    }

    private Duration until(boolean beating, String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        Eventually.await(what, () -> {
            if (beating) {
                assertThat(topic.touch("beats"))
                        .as("joined, so it had vanished")
                        .isFalse();
                assertThat(topic.isLive("beats")).isTrue();
            }
            return condition.getAsBoolean();
        });
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void t3_setBackWhileOneBeats() {
        EventOrderChecker onlooker = new EventOrderChecker();
        topic.watch(onlooker::see);
        topic.touchAll(List.of("beats", "stopped"));
        topic.touch("tab stopped", "tab", "data");
        Instant lastSeen = topic.lastSeen("beats").orElseThrow();
        clock.shift(HOUR.negated());
        Duration ghosts =
                until(true, "those who stopped are gone", () -> topic.list().equals(List.of("beats")));
        assertThat(ghosts).isLessThan(BOUND);
        assertThat(topic.lastSeen("beats").orElseThrow()).isAfter(lastSeen);
        until(true, "the view is the store's", () -> onlooker.view().equals(Set.of("beats")));
        assertThat(onlooker.violations()).isEmpty();
    }

    @Test
    void t3_setBackWhileTheTopicIsOnlyRead() {
        topic.touchAll(List.of("stopped", "stopped too"));
        clock.shift(HOUR.negated());
        assertThat(until(false, "nobody is live", () -> !topic.isLive("stopped")))
                .isLessThan(BOUND);
        assertThat(topic.count()).isZero();
    }

    @Test
    void t3_setForthAndBackAgain() {
        topic.touchAll(List.of("beats", "stopped"));
        clock.shift(HOUR);
        assertThat(topic.isLive("stopped")).isFalse();
        topic.touch("beats");
        topic.touch("stops later");
        assertThat(topic.isLive("beats")).as("back with its next heartbeat").isTrue();
        clock.shift(Duration.ZERO);
        Duration ghosts =
                until(true, "who stopped later is gone", () -> topic.list().equals(List.of("beats")));
        assertThat(ghosts).isLessThan(BOUND);
    }
}
