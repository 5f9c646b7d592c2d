package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;

/** Rule R3: what a call about one member costs does not grow with the topic. */
interface CostContract {
    int SMALL = 100;

    /** How often as long a call may take in the large topic, which has two hundred times as many members. */
    int MAX_RATIO = 3;

    /** A difference below this is noise. */
    long NOISE_NANOS = 200_000;

    int CALLS = 15;
    int ATTEMPTS = 8;

    @Test
    default void r3_aTouchCostsTheSameInALargeTopic(TestContext stage) {
        compare(stage, (topic, i) -> topic.touch("m" + i));
    }

    @Test
    default void r3_isLiveCostsTheSameInALargeTopic(TestContext stage) {
        compare(stage, (topic, i) -> topic.isLive("m" + i));
    }

    @Test
    default void r3_liveAmongOfOneCostsTheSameInALargeTopic(TestContext stage) {
        compare(stage, (topic, i) -> topic.liveAmong(List.of("m" + i)));
    }

    @Test
    default void r3_aLeaveCostsTheSameInALargeTopic(TestContext stage) {
        compare(stage, (topic, i) -> topic.leave("m" + i));
    }

    /**
     * Compares the median times of interleaved calls in both topics. The best attempt counts: a machine that is busy spoils some
     * of them, but a call that reads the whole topic is slow in all.
     */
    private static void compare(TestContext stage, ObjIntConsumer<PresenceTopic> call) {
        PresenceTopic small = topic(stage, SMALL);
        PresenceTopic large = topic(stage, stage.largestTopic());
        List<String> seen = new ArrayList<>();
        boolean comparable = false;
        for (int attempt = 0; attempt < ATTEMPTS && !comparable; attempt++) {
            long[] inSmall = new long[CALLS];
            long[] inLarge = new long[CALLS];
            for (int i = 0; i < CALLS; i++) {
                inSmall[i] = nanos(small, i, call);
                inLarge[i] = nanos(large, i, call);
            }
            Arrays.sort(inSmall);
            Arrays.sort(inLarge);
            long bound = MAX_RATIO * inSmall[CALLS / 2] + NOISE_NANOS;
            comparable = inLarge[CALLS / 2] <= bound;
            seen.add(inSmall[CALLS / 2] / 1_000 + " us and " + inLarge[CALLS / 2] / 1_000 + " us");
        }
        assertThat(comparable)
                .as("median times in topics of %d and of %d members: %s", SMALL, stage.largestTopic(), seen)
                .isTrue();
    }

    private static long nanos(PresenceTopic topic, int i, ObjIntConsumer<PresenceTopic> call) {
        long begin = System.nanoTime();
        call.accept(topic, i);
        return System.nanoTime() - begin;
    }

    private static PresenceTopic topic(TestContext stage, int size) {
        PresenceTopic topic = stage.fresh(TestContext.TTL.multipliedBy(60));
        topic.touchAll(MemberNames.of("m", size));
        return topic;
    }
}
