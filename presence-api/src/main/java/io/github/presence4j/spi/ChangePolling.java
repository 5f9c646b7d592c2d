package io.github.presence4j.spi;

import io.github.presence4j.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The signals of a store that cannot push. Asks the store again and again for the versions of the topics that have listeners, and
 * signals the listeners of each topic whose version has changed. A change of another node is signalled after one interval; a store
 * also calls {@link #signal} for its own changes, which need not wait.
 *
 * <p>Costs one query per interval for each thousand topics with listeners, and none without listeners. A query that fails is
 * repeated after the interval; the first of several also signals all listeners, so that their watchers notice an outage soon.
 * If a query fails by something else than an outage, the topic that it cannot take is found by halves, and asked for in a query
 * of its own from then on, for up to 16 topics.
 *
 * <p>Thread-safe. Has no thread of its own: the queries run on the workers of {@link BlockingCalls}, and end with these.
 */
public final class ChangePolling implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ChangePolling.class.getName());
    private static final int PER_QUERY = 1_000;
    /** More failing topics are a fault of the store rather than of these topics. */
    private static final int MAX_REFUSED = 16;

    private final BlockingCalls calls;
    private final Versions versions;
    private final ChangeListeners<TopicId> listeners = new ChangeListeners<>();
    /** The version seen last of each topic that has listeners. */
    private final Map<TopicId, Long> seen = new ConcurrentHashMap<>();
    /** Topics whose version cannot be read. Each is asked for in a query of its own. */
    private final Set<TopicId> refused = ConcurrentHashMap.newKeySet();

    private volatile boolean failing;

    /** Reads the versions of topics. */
    @FunctionalInterface
    public interface Versions {

        /**
         * Reads the versions of topics in one query, on a worker thread. A version is any number that is another one after an event
         * that watchers should see. It may change more often, at the price of needless polls.
         *
         * @param topics 1 to 1,000 topics
         * @param call lets the query notice that it was given up
         * @return the versions; a topic that the store does not have is absent
         * @throws Exception if the query fails
         */
        Map<TopicId, Long> read(Set<TopicId> topics, BlockingCall call) throws Exception;
    }

    /**
     * Starts to poll.
     *
     * @param calls the calls of the store, whose workers run the queries
     * @param interval the pause between two queries, at least 1 ms: how late a change of another node is noticed
     * @param versions reads the versions
     * @throws IllegalArgumentException if the interval is shorter than 1 ms
     */
    public ChangePolling(BlockingCalls calls, Duration interval, Versions versions) {
        this.calls = calls;
        this.versions = versions;
        calls.repeat(interval, this::pollOrReport);
    }

    /**
     * Implements {@link PresenceStore#onChange}.
     *
     * @param topic the topic
     * @param listener signalled on a worker thread, or on the thread that calls {@link #signal}
     * @return removes the listener
     * @throws IllegalStateException if the store is closed
     */
    public Subscription onChange(TopicId topic, ChangeListener listener) {
        Subscription added = listeners.add(topic, listener);
        seen.remove(topic);
        if (calls.isClosed()) {
            added.close();
            throw new IllegalStateException("The store is closed; open another one");
        }
        return added;
    }

    /**
     * Signals the listeners of a topic at once, in the calling thread.
     *
     * @param topic the topic that this node has changed
     */
    public void signal(TopicId topic) {
        listeners.signal(topic);
    }

    /** When polls begin to fail, signals all listeners, so that watchers soon notice the outage themselves (W9). */
    private boolean pollOrReport(BlockingCall call) throws Exception {
        try {
            poll(call);
            failing = false;
        } catch (Exception e) {
            if (!failing && !calls.isClosed()) {
                failing = true;
                listeners.keys().forEach(listeners::signal);
            }
            throw e;
        }
        return true;
    }

    /** Also signals a topic with a new listener: it may have changed before this query. */
    private void poll(BlockingCall call) throws Exception {
        Set<TopicId> topics = listeners.keys();
        seen.keySet().retainAll(topics);
        refused.retainAll(topics);
        List<TopicId> alone = List.copyOf(refused);
        List<TopicId> together =
                topics.stream().filter(topic -> !refused.contains(topic)).toList();
        for (int from = 0; from < together.size(); from += PER_QUERY) {
            ask(together.subList(from, Math.min(together.size(), from + PER_QUERY)), call);
        }
        for (TopicId topic : alone) {
            ask(List.of(topic), call);
        }
    }

    private void ask(List<TopicId> topics, BlockingCall call) throws Exception {
        call.throwIfGivenUp();
        Map<TopicId, Long> current;
        try {
            current = versions.read(Set.copyOf(topics), call);
        } catch (Exception e) {
            if (calls.isOutage(e) || e instanceof CancellationException) {
                throw e;
            }
            askApart(topics, call, e);
            return;
        }
        refused.removeAll(topics);
        topics.forEach(topic -> update(topic, current));
    }

    /** Finds the topic that the query cannot take, so that the others have their signals (G4). */
    private void askApart(List<TopicId> topics, BlockingCall call, Exception failure) throws Exception {
        if (refused.containsAll(topics)) {
            return;
        }
        if (refused.size() >= MAX_REFUSED) {
            throw failure;
        }
        if (topics.size() > 1) {
            int half = topics.size() / 2;
            ask(topics.subList(0, half), call);
            ask(topics.subList(half, topics.size()), call);
            return;
        }
        refused.addAll(topics);
        LOG.log(
                System.Logger.Level.WARNING,
                "Topic " + QuotedText.of(topics.get(0).name())
                        + " has no signals, since its version cannot be read; trying again with each poll",
                failure);
    }

    private void update(TopicId topic, Map<TopicId, Long> current) {
        Long version = current.get(topic);
        if (version == null) {
            if (seen.remove(topic) != null) {
                listeners.signal(topic);
            }
        } else if (!version.equals(seen.put(topic, version))) {
            listeners.signal(topic);
        }
    }

    /** Removes all listeners. Close the {@link BlockingCalls} before, so that none can be added later. */
    @Override
    public void close() {
        listeners.clear();
        seen.clear();
        refused.clear();
    }
}
