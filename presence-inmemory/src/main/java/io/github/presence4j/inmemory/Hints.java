package io.github.presence4j.inmemory;

import io.github.presence4j.Subscription;
import io.github.presence4j.spi.TopicId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/** Who wants to know that something happened in a topic. */
final class Hints {
    private final Map<TopicId, Set<Hint>> topics = new ConcurrentHashMap<>();

    /** Compared by identity, so that equal runnables are two subscriptions. */
    private static final class Hint {
        final Runnable wake;

        Hint(Runnable wake) {
            this.wake = wake;
        }
    }

    Subscription add(TopicId id, Runnable wake) {
        Hint hint = new Hint(wake);
        topics.compute(id, (key, hints) -> {
            Set<Hint> all = hints == null ? new CopyOnWriteArraySet<>() : hints;
            all.add(hint);
            return all;
        });
        return () -> remove(id, hint);
    }

    @SuppressWarnings("NullAway") // null is how computeIfPresent removes the entry
    private void remove(TopicId id, Hint hint) {
        topics.computeIfPresent(id, (key, hints) -> {
            hints.remove(hint);
            return hints.isEmpty() ? null : hints;
        });
    }

    void wake(TopicId id) {
        Set<Hint> hints = topics.get(id);
        if (hints != null) {
            hints.forEach(hint -> hint.wake.run());
        }
    }
}
