package io.github.presence4j;

import io.github.presence4j.spi.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gathers single questions about a topic into bulk calls for a remote store: what has queued goes out as soon as one of the
 * topic's few slots is free. There is no timer: an idle topic sends at once, a busy one sends large batches. Equal questions
 * in one batch are one.
 *
 * <p>A topic has an entry only while something of it is under way. The map's {@code compute} is the topic's lock.
 */
final class Batcher<Q, A> {
    static final int MAX_BATCH = 1024;

    private final Calls calls;
    private final int slots;
    private final BiFunction<Topic, Collection<Q>, CompletionStage<A>> bulk;
    private final Map<Topic, Lane<Q, A>> lanes = new ConcurrentHashMap<>();

    Batcher(Calls calls, int slots, BiFunction<Topic, Collection<Q>, CompletionStage<A>> bulk) {
        this.calls = calls;
        this.slots = slots;
        this.bulk = bulk;
    }

    /** The answer of the batch that the question becomes part of, bounded from when the batch was begun. */
    CompletableFuture<A> ask(Topic topic, Q question) {
        List<Batch<Q, A>> joined = new ArrayList<>(1);
        List<Batch<Q, A>> ready = new ArrayList<>(1);
        lanes.compute(topic, (key, lane) -> {
            Lane<Q, A> open = lane == null ? new Lane<>() : lane;
            joined.add(open.join(question, calls));
            addIfPresent(ready, open.take(slots));
            return open;
        });
        ready.forEach(batch -> send(topic, batch));
        return joined.get(0).bounded;
    }

    private void send(Topic topic, Batch<Q, A> batch) {
        batch.bounded.whenComplete((answer, failure) -> sent(topic));
        try {
            bulk.apply(topic, batch.questions).whenComplete(batch::complete);
        } catch (RuntimeException e) {
            batch.complete(null, e);
        }
    }

    /** Frees the slot, also when the store never answered, and sends what has gathered meanwhile. */
    private void sent(Topic topic) {
        List<Batch<Q, A>> ready = new ArrayList<>(1);
        lanes.computeIfPresent(topic, (key, lane) -> {
            lane.underWay--;
            addIfPresent(ready, lane.take(slots));
            return lane.underWay == 0 ? null : lane;
        });
        ready.forEach(batch -> send(topic, batch));
    }

    private static <T> void addIfPresent(List<T> list, @Nullable T item) {
        if (item != null) {
            list.add(item);
        }
    }

    private static final class Lane<Q, A> {
        private final Deque<Batch<Q, A>> waiting = new ArrayDeque<>();
        private int underWay;

        Batch<Q, A> join(Q question, Calls calls) {
            Batch<Q, A> last = waiting.peekLast();
            if (last == null || last.questions.size() >= MAX_BATCH) {
                last = new Batch<>(calls);
                waiting.addLast(last);
            }
            last.questions.add(question);
            return last;
        }

        /** The next batch that may go out; those whose callers have given up are dropped. */
        @Nullable
        Batch<Q, A> take(int slots) {
            while (underWay < slots) {
                Batch<Q, A> next = waiting.pollFirst();
                if (next == null || !next.bounded.isDone()) {
                    underWay += next == null ? 0 : 1;
                    return next;
                }
            }
            return null;
        }
    }

    private static final class Batch<Q, A> {
        final Set<Q> questions = new LinkedHashSet<>();
        final CompletableFuture<A> bounded;
        private final CompletableFuture<A> answer = new CompletableFuture<>();

        Batch(Calls calls) {
            bounded = calls.bound(answer);
        }

        void complete(@Nullable A value, @Nullable Throwable failure) {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(value);
            }
        }
    }
}
