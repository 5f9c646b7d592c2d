package io.github.presence4j.cell.shards;

import io.github.presence4j.spi.TopicId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which generation each topic of a store was in when its home was heard last. A wrong one costs a trip. Thread-safe. */
public final class Guesses {
    private static final int REMEMBERED = 10_000;

    private final Map<TopicId, Generation> generations = new ConcurrentHashMap<>();

    /** Nothing was heard yet. */
    public Guesses() {}

    Generation of(TopicId topic) {
        return generations.getOrDefault(topic, Generation.FIRST);
    }

    void remember(TopicId topic, Generation generation) {
        if (generations.size() > REMEMBERED) {
            generations.clear();
        }
        generations.put(topic, generation);
    }
}
