package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The estimate of an owner's clock is never ahead of it. */
class OwnerClocksTest {
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final UUID STRANGER = new UUID(3, 3);

    private final OwnerClocks clocks = new OwnerClocks();

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Learns that the owner's clock showed this time when it answered, and that the answer arrived at that tick. */
    private void answer(UUID owner, long ownerMillis, long tickMillis) {
        clocks.learn(new OwnerTime(owner, TimeUnit.MILLISECONDS.toMicros(ownerMillis)), nanos(tickMillis));
    }

    private long millisAt(UUID owner, long tickMillis) {
        return TimeUnit.MICROSECONDS.toMillis(clocks.timeAt(owner, nanos(tickMillis)));
    }

    @Test
    void o2_theFastestOfTheRecentAnswersCounts() {
        answer(ONE, 5_000, 100);
        assertThat(millisAt(ONE, 2_100)).isEqualTo(7_000);
        answer(ONE, 5_900, 2_000);
        assertThat(millisAt(ONE, 2_100)).as("a slow answer").isEqualTo(7_000);
        answer(ONE, 7_000, 2_050);
        assertThat(millisAt(ONE, 2_100)).as("a faster one").isEqualTo(7_050);
    }

    @Test
    void o2_eachOwnerHasAClockOfItsOwn() {
        answer(ONE, 5_000, 100);
        answer(OTHER, 900_000, 100);
        assertThat(millisAt(ONE, 100)).isEqualTo(5_000);
        assertThat(millisAt(OTHER, 100)).isEqualTo(900_000);
        assertThat(millisAt(STRANGER, 100)).as("as the one that was heard last").isEqualTo(900_000);
    }

    @Test
    void o2_aClockThatIsSetForthIsFollowedAtOnceAndOneThatIsSetBackSoon() {
        answer(ONE, 5_000, 100);
        answer(ONE, 305_000, 100);
        assertThat(millisAt(ONE, 100)).isEqualTo(305_000);
        answer(ONE, 15_101, 10_201);
        assertThat(millisAt(ONE, 10_201)).isEqualTo(15_101);
    }

    @Test
    void o2_beforeAnyAnswerNothingIsKnown() {
        assertThat(clocks.isEmpty()).isTrue();
        assertThat(clocks.timeAt(ONE, 0)).isEqualTo(DeadlineProcessor.NEVER);
    }
}
