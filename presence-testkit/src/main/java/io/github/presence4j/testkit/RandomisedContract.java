package io.github.presence4j.testkit;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** All rules at once: random sequences of operations, compared with the {@link ReferenceModel}. */
interface RandomisedContract {

    @Test
    default void all_aRandomHistoryAgreesWithTheModel(TestContext stage) {
        play(stage, 20);
    }

    @Test
    default void all_aRandomHistoryOfFewMembersAgreesWithTheModel(TestContext stage) {
        play(stage, 2);
    }

    private static void play(TestContext stage, int members) {
        long seed = Long.getLong(RandomOperations.SEED, new Random().nextInt(1_000_000_000));
        RandomOperations history = new RandomOperations(stage, seed, members);
        try {
            history.play(RandomOperations.OPERATIONS);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "A random history differs from the model; -D" + RandomOperations.SEED + "=" + seed + " repeats it. "
                            + history,
                    e);
        }
    }
}
