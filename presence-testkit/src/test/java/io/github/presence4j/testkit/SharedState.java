package io.github.presence4j.testkit;

import io.github.presence4j.Subscription;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What the nodes of a {@link ModelStore} share: the cells, the clock and the hints. Its monitor is the one lock there is. */
final class SharedState {
    private static final long EPOCH_MILLIS = 1_700_000_000_000L;

    private record Hint(TopicId topic, ChangeListener wake) {}

    final Map<TopicId, ModelCell> cells = new HashMap<>();
    private final List<Hint> hints = new CopyOnWriteArrayList<>();
    private final long origin = System.nanoTime();
    private volatile long elapsed;
    private long epochs;

    long now() {
        return EPOCH_MILLIS + elapsed + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin);
    }

    synchronized void elapse(Duration duration) {
        elapsed += duration.toMillis();
    }

    synchronized long nextEpoch() {
        return ++epochs;
    }

    Subscription onChange(TopicId topic, ChangeListener wake) {
        Hint hint = new Hint(topic, wake);
        hints.add(hint);
        return () -> hints.remove(hint);
    }

    void hint(TopicId topic) {
        hints.stream()
                .filter(hint -> hint.topic().equals(topic))
                .forEach(hint -> hint.wake().changed());
    }
}
