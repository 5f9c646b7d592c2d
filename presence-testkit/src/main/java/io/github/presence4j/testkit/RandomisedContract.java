package io.github.presence4j.testkit;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** All rules at once: histories that nobody thought of, held against the {@link Model}. */
interface RandomisedContract {

    @Test
    default void all_aRandomHistoryAgreesWithTheModel(Stage stage) {
        play(stage, 20);
    }

    @Test
    default void all_aRandomHistoryOfFewMembersAgreesWithTheModel(Stage stage) {
        play(stage, 2);
    }

    private static void play(Stage stage, int members) {
        long seed = Long.getLong(RandomHistory.SEED, new Random().nextInt(1_000_000_000));
        RandomHistory history = new RandomHistory(stage, seed, members);
        try {
            history.play(RandomHistory.OPERATIONS);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "A random history differs from the model; -D" + RandomHistory.SEED + "=" + seed + " repeats it. "
                            + history,
                    e);
        }
    }
}
