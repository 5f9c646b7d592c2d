package io.github.presence4j.spi;

import io.github.presence4j.Subscription;

/**
 * A place where topics live. It hands out a {@link TopicStore} for each topic, and signals changes. A backend implements both
 * interfaces. What can be decided outside a store is decided in the API, once; what must be decided atomically is decided in a
 * store. {@code docs/rules.md} lists the rules that every store keeps.
 *
 * <p>Thread-safe. No method but {@link #close} blocks. The API bounds every wait: it cancels a stage that it gives up, by a
 * timeout or because it is closed, with {@code stage.toCompletableFuture().cancel(false)}, before the caller sees the failure. A
 * store that sends a call in parts, or repeats it, returns a stage whose cancellation stops it from sending more (rule O2: a call
 * that was given up stops).
 */
public interface PresenceStore extends AutoCloseable {

    /**
     * Returns the name of the backend, for messages and metrics, such as {@code redis}.
     *
     * @return the same name as that of its {@link PresenceStoreProvider}, if it has one; never changes
     */
    String name();

    /**
     * Returns a handle of a topic. Cheap: makes no call to a server, and the topic need not exist. Works on a closed store too,
     * where every stage of the handle fails.
     *
     * @param topic which topic, the TTL that touches record, and the window that reads use. Two handles of equal topics behave
     *     the same, so the API may use either
     * @return the handle, new or shared; the API makes one per {@link io.github.presence4j.PresenceTopic} and keeps it
     */
    TopicStore topic(Topic topic);

    /**
     * Calls a listener soon after something may have happened in a topic. Best effort: a signal that is lost costs a watcher only
     * time. A link that was lost and restored is a signal too. A store may send the changes along, so that watchers need not poll.
     *
     * @param topic which topic; listeners of all nodes that use this namespace and name are signalled
     * @param listener returns at once and does not throw; may be called on any thread, also several times for one change
     * @return ends the signals of this listener
     * @throws IllegalStateException if the store is closed
     */
    Subscription onChange(TopicId topic, ChangeListener listener);

    /**
     * Returns how many batches of each kind the API keeps under way per topic. While they are under way, it gathers single
     * touches, single leaves and single {@link TopicStore#isLive reads} into the next batch.
     *
     * <p>A store that returns 0 is called directly, and must apply changes in the order in which it is called. Any other store
     * need not keep an order: the API never has two calls of a topic under way of which one must come first (rule O1: changes of
     * one member take effect in the order of the calls).
     *
     * @return 0 for a local store; 1 to 4 suits a remote one
     */
    default int batchSlots() {
        return 0;
    }

    /**
     * Ends what is under way exceptionally and frees what the store made itself. Every stage of a later call fails. A second call
     * does nothing (rule E4: close is idempotent).
     */
    @Override
    void close();
}
