package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long a metadata is kept, and which of two it is after a split. */
class TopicHomeTest {
    private static final long TTL = 300_000;
    private static final long KEPT = TTL + 60_000;

    private static TopicMetadataValue metadata(long generation, int resets) {
        TopicMetadataValue metadata = new TopicMetadataValue(resets == 0 ? generation : 0, TTL);
        for (int i = 1; i <= resets; i++) {
            metadata.beginGeneration(i == resets ? generation : i);
        }
        return metadata;
    }

    private static String generation(StoredValue metadata) {
        return ((TopicMetadataValue) metadata).answer().state().generation().id();
    }

    @Test
    void g1_aHomeIsKeptForATtlAndAMinuteAndSeldomWritten() {
        TopicMetadataValue metadata = metadata(1, 0);
        assertThat(metadata.keep(0)).isTrue();
        assertThat(metadata.lifeMillisAt(0)).isEqualTo(KEPT);
        assertThat(metadata.keep(10_000)).as("within the slack").isFalse();
        assertThat(metadata.keep(10_001)).isTrue();
        assertThat(metadata.lifeMillisAt(10_001)).isEqualTo(KEPT);
    }

    @Test
    void g1_aClockThatIsSetBackDoesNotKeepAHomeForLonger() {
        TopicMetadataValue metadata = metadata(1, 0);
        metadata.keep(10_000_000);
        assertThat(metadata.keep(0)).isTrue();
        assertThat(metadata.lifeMillisAt(0)).isEqualTo(KEPT);
    }

    @Test
    void w5_lookingKeepsTheHistoryAndTakesNothingFromPresence() {
        TopicMetadataValue metadata = metadata(1, 0);
        metadata.keep(0);
        assertThat(metadata.keepHistory(1)).isFalse();
        assertThat(metadata.lifeMillisAt(0)).isEqualTo(KEPT);
        assertThat(metadata.keepHistory(KEPT)).isTrue();
        assertThat(metadata.lifeMillisAt(KEPT)).isEqualTo(90_000);
    }

    @Test
    void g3_aResetOnOneSideOfASplitHoldsForBothWhicheverIsMerged() {
        assertThat(generation(metadata(9, 0).mergedWith(metadata(2, 1), 0))).isEqualTo("2");
        assertThat(generation(metadata(2, 1).mergedWith(metadata(9, 0), 0))).isEqualTo("2");
        assertThat(generation(metadata(3, 2).mergedWith(metadata(4, 2), 0)))
                .isEqualTo(generation(metadata(4, 2).mergedWith(metadata(3, 2), 0)));
    }
}
