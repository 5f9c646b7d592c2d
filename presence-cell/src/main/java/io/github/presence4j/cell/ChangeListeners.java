package io.github.presence4j.cell;

import io.github.presence4j.Subscription;
import io.github.presence4j.spi.TopicId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/** Who wants to know that something happened in a topic. Thread-safe. */
public final class ChangeListeners {
    private final Map<TopicId, Set<Wakeup>> topics = new ConcurrentHashMap<>();

    /** Compared by identity, so that equal runnables are two subscriptions. */
    private static final class Wakeup {
        final Runnable wake;

        Wakeup(Runnable wake) {
            this.wake = wake;
        }
    }

    /** Nobody yet. */
    public ChangeListeners() {}

    /**
     * Adds a listener.
     *
     * @param id which topic
     * @param wake quick, does not throw
     * @return ends it
     */
    public Subscription add(TopicId id, Runnable wake) {
        Wakeup wakeup = new Wakeup(wake);
        topics.compute(id, (key, wakeups) -> {
            Set<Wakeup> all = wakeups == null ? new CopyOnWriteArraySet<>() : wakeups;
            all.add(wakeup);
            return all;
        });
        return () -> remove(id, wakeup);
    }

    @SuppressWarnings("NullAway") // null is how computeIfPresent removes the entry
    private void remove(TopicId id, Wakeup wakeup) {
        topics.computeIfPresent(id, (key, wakeups) -> {
            wakeups.remove(wakeup);
            return wakeups.isEmpty() ? null : wakeups;
        });
    }

    /**
     * Runs the listeners of a topic.
     *
     * @param id which
     */
    public void wake(TopicId id) {
        Set<Wakeup> wakeups = topics.get(id);
        if (wakeups != null) {
            wakeups.forEach(wakeup -> wakeup.wake.run());
        }
    }

    /** Runs the listeners of all topics. */
    public void wakeAll() {
        topics.keySet().forEach(this::wake);
    }

    /** {@return the number of listeners} */
    public int size() {
        return topics.values().stream().mapToInt(Set::size).sum();
    }

    /** Forgets all listeners. */
    public void clear() {
        topics.clear();
    }
}
