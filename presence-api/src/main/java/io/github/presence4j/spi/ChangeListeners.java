package io.github.presence4j.spi;

import io.github.presence4j.Subscription;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/**
 * The listeners that a store signals when something has changed, by topic or by any other key. See {@link PresenceStore#onChange}.
 * Thread-safe.
 *
 * @param <K> the type of the keys, such as {@link TopicId}
 */
public final class ChangeListeners<K> {
    private final Map<K, Set<Registration>> registrations = new ConcurrentHashMap<>();

    /** Compared by identity, so that equal listeners are two subscriptions. */
    private static final class Registration {
        final ChangeListener listener;

        Registration(ChangeListener listener) {
            this.listener = listener;
        }
    }

    /** Creates an empty set of listeners. */
    public ChangeListeners() {}

    /**
     * Adds a listener.
     *
     * @param key the key whose signals the listener receives
     * @param listener the listener; must be quick and must not throw
     * @return the subscription, which removes the listener
     */
    public Subscription add(K key, ChangeListener listener) {
        Registration registration = new Registration(listener);
        registrations.compute(key, (same, all) -> {
            Set<Registration> changed = all == null ? new CopyOnWriteArraySet<>() : all;
            changed.add(registration);
            return changed;
        });
        return () -> remove(key, registration);
    }

    @SuppressWarnings("NullAway") // null is how computeIfPresent removes the entry
    private void remove(K key, Registration registration) {
        registrations.computeIfPresent(key, (same, all) -> {
            all.remove(registration);
            return all.isEmpty() ? null : all;
        });
    }

    /**
     * Runs the listeners of a key, in the calling thread.
     *
     * @param key the key
     */
    public void signal(K key) {
        Set<Registration> all = registrations.get(key);
        if (all != null) {
            all.forEach(registration -> registration.listener.changed());
        }
    }

    /**
     * Calls the listeners of a key with the changes that a signal carries, in the calling thread.
     *
     * @param key the key
     * @param next the changes
     */
    public void signal(K key, NextChanges next) {
        Set<Registration> all = registrations.get(key);
        if (all != null) {
            all.forEach(registration -> registration.listener.changed(next));
        }
    }

    /** Runs the listeners of all keys, in the calling thread. */
    public void signalAll() {
        registrations.keySet().forEach(this::signal);
    }

    /**
     * Returns whether a key has listeners.
     *
     * @param key the key
     * @return whether it has at least one
     */
    public boolean has(K key) {
        return registrations.containsKey(key);
    }

    /** {@return the keys that have listeners, a copy} O(number of keys). */
    public Set<K> keys() {
        return Set.copyOf(registrations.keySet());
    }

    /**
     * Runs an action that depends on whether a key has listeners, such as subscribing to a channel. No listener of the key is
     * added or removed until it returns, so the last of several such actions acts on the latest state.
     *
     * @param key the key
     * @param action receives whether the key has listeners; must be quick and must not add or remove listeners
     */
    @SuppressWarnings("NullAway") // null is how compute leaves the key without an entry
    public void whileUnchanged(K key, Consumer<Boolean> action) {
        registrations.compute(key, (same, all) -> {
            action.accept(all != null);
            return all;
        });
    }

    /** {@return the number of listeners of all keys} */
    public int size() {
        return registrations.values().stream().mapToInt(Set::size).sum();
    }

    /** Removes all listeners. */
    public void clear() {
        registrations.clear();
    }
}
