package io.github.presence4j.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.spi.TopicId;
import org.junit.jupiter.api.Test;

/** The generation of a topic that a store knows. */
class GenerationCacheTest {

    /** An answer that was true before a newer one arrived. */
    @Test
    void g3_whatIsKnownOfATopicNeverGoesBack() {
        TopicId room = new TopicId("presence", "room");
        Generation one = new Generation("1", 0);
        Generation two = new Generation("2", Generation.NO_CUTOFF);
        Generation three = new Generation("3", Generation.NO_CUTOFF);
        GenerationCache known = new GenerationCache();
        known.correct(room, Generation.FIRST, one);
        known.correct(room, one, two);
        known.correct(room, two, three);
        known.correct(room, one, two);
        assertThat(known.of(room)).isEqualTo(three);
        known.correct(room, Generation.FIRST, one);
        assertThat(known.of(room)).isEqualTo(three);
        known.correct(room, three, Generation.FIRST);
        known.correct(room, Generation.FIRST, one);
        assertThat(known.of(room)).as("the metadata was forgotten").isEqualTo(one);
    }
}
