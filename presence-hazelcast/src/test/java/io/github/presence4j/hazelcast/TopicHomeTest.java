package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long a home is kept, and which of two it is after a split. */
class TopicHomeTest {
    private static final long TTL = 300_000;
    private static final long KEPT = TTL + 60_000;

    private static TopicMetadataValue home(long generation, int resets) {
        TopicMetadataValue home = new TopicMetadataValue(resets == 0 ? generation : 0, TTL);
        for (int i = 1; i <= resets; i++) {
            home.beginGeneration(i == resets ? generation : i);
        }
        return home;
    }

    private static String generation(StoredValue home) {
        return ((TopicMetadataValue) home).answer().state().generation().id();
    }

    @Test
    void g1_aHomeIsKeptForATtlAndAMinuteAndSeldomWritten() {
        TopicMetadataValue home = home(1, 0);
        assertThat(home.keep(0)).isTrue();
        assertThat(home.lifeMillisAt(0)).isEqualTo(KEPT);
        assertThat(home.keep(10_000)).as("within the slack").isFalse();
        assertThat(home.keep(10_001)).isTrue();
        assertThat(home.lifeMillisAt(10_001)).isEqualTo(KEPT);
    }

    @Test
    void g1_aClockThatIsSetBackDoesNotKeepAHomeForLonger() {
        TopicMetadataValue home = home(1, 0);
        home.keep(10_000_000);
        assertThat(home.keep(0)).isTrue();
        assertThat(home.lifeMillisAt(0)).isEqualTo(KEPT);
    }

    @Test
    void w5_lookingKeepsTheHistoryAndTakesNothingFromPresence() {
        TopicMetadataValue home = home(1, 0);
        home.keep(0);
        assertThat(home.keepHistory(1)).isFalse();
        assertThat(home.lifeMillisAt(0)).isEqualTo(KEPT);
        assertThat(home.keepHistory(KEPT)).isTrue();
        assertThat(home.lifeMillisAt(KEPT)).isEqualTo(90_000);
    }

    @Test
    void g3_aResetOnOneSideOfASplitHoldsForBothWhicheverIsMerged() {
        assertThat(generation(home(9, 0).mergedWith(home(2, 1), 0))).isEqualTo("2");
        assertThat(generation(home(2, 1).mergedWith(home(9, 0), 0))).isEqualTo("2");
        assertThat(generation(home(3, 2).mergedWith(home(4, 2), 0)))
                .isEqualTo(generation(home(4, 2).mergedWith(home(3, 2), 0)));
    }
}
