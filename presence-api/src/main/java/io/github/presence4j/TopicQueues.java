package io.github.presence4j;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queues of batches for a remote store, one lane per topic. Batches are sent in the order of their lane, each as soon as a slot
 * is free and no batch is under way that it must follow. There is no timer: an idle lane sends at once, a busy one gathers.
 *
 * <p>One thread at a time sends the batches of a lane, in a loop and outside the lock. So the store is called in the order of the
 * lane, and a store that answers at once does not deepen the stack. A lane exists only while it has batches. The {@code compute}
 * of the map is its lock.
 */
final class TopicQueues<K> {
    private final int slots;
    private final Executor resumed;
    private final Map<K, TopicQueue> lanes = new ConcurrentHashMap<>();

    TopicQueues(int slots, Executor resumed) {
        this.slots = slots;
        this.resumed = resumed;
    }

    /**
     * The result of putting a call into a lane.
     *
     * @param answer the answer of the call
     * @param begun the batch, if it was created for this call; else null
     */
    record Joined<R>(CompletableFuture<R> answer, @Nullable StoreBatch<?> begun) {}

    /** Puts a call into a lane, then sends what may be sent. {@code join} receives the waiting batches. */
    <R> CompletableFuture<R> add(K key, Function<Deque<StoreBatch<?>>, Joined<R>> join) {
        Step<R> step = new Step<>();
        lanes.compute(key, (same, lane) -> {
            TopicQueue open = lane == null ? new TopicQueue() : lane;
            step.joined = join.apply(open.waiting);
            step.next = open.next();
            return open;
        });
        Joined<R> joined = Objects.requireNonNull(step.joined);
        StoreBatch<?> begun = joined.begun();
        if (begun != null) {
            begun.whenOver(() -> over(key, begun));
        }
        send(key, step.next);
        return joined.answer();
    }

    /** What a step within the {@code compute} of the map returns: the batch to send next, and what was put in. */
    private static final class Step<R> {
        private @Nullable StoreBatch<?> next;
        private @Nullable Joined<R> joined;
    }

    /** Sends batches until no more may be sent. If another thread is sending, leaves the rest to it. */
    private void send(K key, @Nullable StoreBatch<?> first) {
        StoreBatch<?> batch = first;
        while (batch != null) {
            StoreBatch<?> sending = batch;
            boolean isSent = false;
            try {
                sending.send();
                isSent = true;
            } finally {
                batch = afterSending(key, sending, isSent);
            }
        }
    }

    /** Returns the batch to send after this one. */
    private @Nullable StoreBatch<?> afterSending(K key, StoreBatch<?> batch, boolean isSent) {
        return step(key, lane -> {
            if (lane.sending != batch) {
                return null;
            }
            lane.sending = null;
            return isSent ? lane.next() : null;
        });
    }

    /** Changes a lane if it exists. Returns the batch to send next. */
    private @Nullable StoreBatch<?> step(K key, Function<TopicQueue, @Nullable StoreBatch<?>> change) {
        Step<?> step = new Step<>();
        lanes.computeIfPresent(key, (same, lane) -> {
            step.next = change.apply(lane);
            return orNull(lane);
        });
        return step.next;
    }

    /**
     * Ends a batch. Normally the next batch is sent before the callers of this one run, so that the store is not idle. If this
     * batch was given up, its callers come first, and another thread sends the next batch, since this one may be the timeout
     * thread.
     */
    private void over(K key, StoreBatch<?> batch) {
        boolean givenUp = batch.isGivenUp();
        if (givenUp) {
            step(key, lane -> {
                lane.end(batch, true);
                return null;
            });
            batch.answer();
            resumed.execute(() -> send(key, step(key, TopicQueue::next)));
            return;
        }
        try {
            send(key, step(key, lane -> {
                lane.end(batch, false);
                return lane.next();
            }));
        } finally {
            batch.answer();
        }
    }

    @SuppressWarnings("NullAway") // null is how computeIfPresent removes the entry
    private TopicQueue orNull(TopicQueue lane) {
        return lane.waiting.isEmpty() && lane.underWay.isEmpty() && lane.sending == null ? null : lane;
    }

    /** The queue of one topic. Changed only within the {@code compute} of the map. */
    private final class TopicQueue {
        private final Deque<StoreBatch<?>> waiting = new ArrayDeque<>(1);
        private final List<StoreBatch<?>> underWay = new ArrayList<>(2);
        private @Nullable StoreBatch<?> sending;

        /**
         * Takes the next batch that may be sent; null if there is none, or a thread is sending. Drops batches that have timed
         * out already.
         */
        @Nullable
        StoreBatch<?> next() {
            while (sending == null && isFree(waiting.peekFirst())) {
                StoreBatch<?> batch = waiting.removeFirst();
                if (!batch.isOver()) {
                    underWay.add(batch);
                    sending = batch;
                    return batch;
                }
            }
            return null;
        }

        /**
         * Removes a batch that has ended. If it was given up while its sender hangs in the store, lets another thread send.
         */
        void end(StoreBatch<?> batch, boolean givenUp) {
            batch.end();
            underWay.remove(batch);
            if (givenUp && sending == batch) {
                sending = null;
            }
        }

        private boolean isFree(@Nullable StoreBatch<?> batch) {
            if (batch == null) {
                return false;
            }
            int taken = 0;
            for (StoreBatch<?> earlier : underWay) {
                taken += earlier.isBulk() == batch.isBulk() ? 1 : 0;
                if (batch.follows(earlier)) {
                    return batch.isOver();
                }
            }
            return batch.isOver() || taken < (batch.isBulk() ? slots * StoreBatch.BULKS_PER_SLOT : slots);
        }
    }
}
