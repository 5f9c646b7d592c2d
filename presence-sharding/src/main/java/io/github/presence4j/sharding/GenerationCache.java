package io.github.presence4j.sharding;

import io.github.presence4j.spi.TopicId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The last known generation of each topic of a store. A stale one costs a round trip. Thread-safe. */
public final class GenerationCache {
    private static final int REMEMBERED = 10_000;

    private final Map<TopicId, Generation> generations = new ConcurrentHashMap<>();

    /** No generation is known yet. */
    public GenerationCache() {}

    Generation of(TopicId topic) {
        return generations.getOrDefault(topic, Generation.FIRST);
    }

    /**
     * Replaces a guess that was wrong. Does nothing if another call has replaced it already by a newer generation.
     *
     * @param topic the topic
     * @param wrong the guess that the call began with
     * @param heard the generation that the metadata returned
     */
    @SuppressWarnings("NullAway") // null is how compute leaves no entry
    void correct(TopicId topic, Generation wrong, Generation heard) {
        if (generations.size() > REMEMBERED) {
            generations.clear();
        }
        generations.compute(topic, (key, known) -> of(known).equals(wrong) ? heard : known);
    }

    private static Generation of(@Nullable Generation known) {
        return known == null ? Generation.FIRST : known;
    }
}
