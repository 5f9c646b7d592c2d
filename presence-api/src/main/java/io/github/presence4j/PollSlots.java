package io.github.presence4j;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the polls that all watches of one {@link Presence} have under way (B7). The others wait, first in, first out. Topics
 * whose last poll failed have separate slots, so a part of a store that does not answer does not delay the other topics.
 * Thread-safe.
 */
final class PollSlots {
    static final int HEALTHY = 256;
    static final int FAILING = 64;

    private final Queue healthy = new Queue(HEALTHY);
    private final Queue failing = new Queue(FAILING);

    /**
     * Runs a poll when a slot is free. The returned stage completes as the poll does. The poll begins in the thread that freed
     * the slot.
     */
    <T> CompletableFuture<T> submit(boolean failed, Supplier<CompletableFuture<T>> poll) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Queue queue = failed ? failing : healthy;
        queue.add(() -> begin(poll, answer));
        return answer;
    }

    private static <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> poll, CompletableFuture<T> answer) {
        CompletableFuture<T> begun;
        try {
            begun = poll.get();
        } catch (RuntimeException | Error e) {
            begun = CompletableFuture.failedFuture(e);
        }
        return begun.whenComplete((value, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(value);
            }
        });
    }

    private static final class Queue {
        private final Deque<Supplier<CompletableFuture<?>>> waiting = new ArrayDeque<>();
        private int free;

        Queue(int slots) {
            free = slots;
        }

        void add(Supplier<CompletableFuture<?>> poll) {
            synchronized (waiting) {
                waiting.add(poll);
            }
            beginNext();
        }

        /**
         * Begins waiting polls while slots are free. A poll that is answered at once frees its slot within the loop, so the stack
         * does not grow.
         */
        private void beginNext() {
            for (Supplier<CompletableFuture<?>> next = take(); next != null; next = take()) {
                CompletableFuture<?> begun = next.get();
                if (begun.isDone()) {
                    free();
                } else {
                    begun.whenComplete((answer, failure) -> {
                        free();
                        beginNext();
                    });
                }
            }
        }

        private @Nullable Supplier<CompletableFuture<?>> take() {
            synchronized (waiting) {
                Supplier<CompletableFuture<?>> next = free > 0 ? waiting.poll() : null;
                free -= next == null ? 0 : 1;
                return next;
            }
        }

        private void free() {
            synchronized (waiting) {
                free++;
            }
        }
    }
}
