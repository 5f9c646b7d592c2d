package io.github.presence4j;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queues of batches for a remote store, one lane per topic. Batches are sent in the order of their lane, each as soon as a slot is
 * free and no batch is under way that it must follow. There is no timer: an idle lane sends at once, a busy one gathers.
 *
 * <p>One thread at a time sends the batches of a lane, in a loop and outside the lock, so the store is called in the order of the
 * lane, and a store that answers at once does not deepen the stack. A lane exists only while something of it is under way. The
 * map's {@code compute} is its lock.
 */
final class Lanes<K> {
    private final int slots;
    private final Executor resumed;
    private final Map<K, Lane> lanes = new ConcurrentHashMap<>();

    Lanes(int slots, Executor resumed) {
        this.slots = slots;
        this.resumed = resumed;
    }

    /**
     * What became of a call that was put into a lane.
     *
     * @param answer of the call
     * @param begun the batch, if it was begun for this call
     */
    record Joined<R>(CompletableFuture<R> answer, @Nullable Batch<?> begun) {}

    /** Puts a call into a lane, given the batches that wait there, and sends what may be sent. */
    <R> CompletableFuture<R> add(K key, Function<Deque<Batch<?>>, Joined<R>> join) {
        List<Joined<R>> joined = new ArrayList<>(1);
        List<Batch<?>> next = new ArrayList<>(1);
        lanes.compute(key, (same, lane) -> {
            Lane open = lane == null ? new Lane() : lane;
            joined.add(join.apply(open.waiting));
            open.next(next);
            return open;
        });
        Batch<?> begun = joined.get(0).begun();
        if (begun != null) {
            begun.whenOver(() -> over(key, begun));
        }
        send(key, next);
        return joined.get(0).answer();
    }

    /** Sends until nothing more may be sent. If another thread is at it, that one does the rest. */
    private void send(K key, List<Batch<?>> next) {
        while (!next.isEmpty()) {
            Batch<?> batch = next.remove(0);
            boolean sent = false;
            try {
                batch.send();
                sent = true;
            } finally {
                boolean goOn = sent;
                lanes.computeIfPresent(key, (same, lane) -> {
                    if (lane.sending == batch) {
                        lane.sending = null;
                        if (goOn) {
                            lane.next(next);
                        }
                    }
                    return orNull(lane);
                });
            }
        }
    }

    /**
     * The next batch is sent before the callers of this one are woken, so that the store has work meanwhile. If this one was given up
     * its callers come first, and the next one is sent by a thread that no timeout depends on.
     */
    private void over(K key, Batch<?> batch) {
        boolean givenUp = batch.isGivenUp();
        lanes.computeIfPresent(key, (same, lane) -> {
            lane.end(batch, givenUp);
            return orNull(lane);
        });
        if (givenUp) {
            batch.answer();
            resumed.execute(() -> resume(key));
            return;
        }
        try {
            resume(key);
        } finally {
            batch.answer();
        }
    }

    private void resume(K key) {
        List<Batch<?>> next = new ArrayList<>(1);
        lanes.computeIfPresent(key, (same, lane) -> {
            lane.next(next);
            return orNull(lane);
        });
        send(key, next);
    }

    @SuppressWarnings("NullAway") // null is how computeIfPresent removes the entry
    private Lane orNull(Lane lane) {
        return lane.waiting.isEmpty() && lane.underWay.isEmpty() && lane.sending == null ? null : lane;
    }

    /** Changed only within the map's compute. */
    private final class Lane {
        private final Deque<Batch<?>> waiting = new ArrayDeque<>();
        private final List<Batch<?>> underWay = new ArrayList<>();
        private @Nullable Batch<?> sending;

        /** Takes the next batch that may be sent, if no thread is sending. Those whose callers were told already are dropped. */
        void next(List<Batch<?>> next) {
            while (sending == null && isFree(waiting.peekFirst())) {
                Batch<?> batch = waiting.removeFirst();
                if (!batch.isOver()) {
                    underWay.add(batch);
                    next.add(batch);
                    sending = batch;
                }
            }
        }

        /** A thread that hangs in the store with a batch that was given up is waited for no longer. */
        void end(Batch<?> batch, boolean givenUp) {
            batch.end();
            underWay.remove(batch);
            if (givenUp && sending == batch) {
                sending = null;
            }
        }

        private boolean isFree(@Nullable Batch<?> batch) {
            if (batch == null) {
                return false;
            }
            int taken = 0;
            for (Batch<?> earlier : underWay) {
                taken += earlier.isBulk() == batch.isBulk() ? 1 : 0;
                if (batch.follows(earlier)) {
                    return batch.isOver();
                }
            }
            return batch.isOver() || taken < (batch.isBulk() ? slots * Batch.BULKS_PER_SLOT : slots);
        }
    }
}
