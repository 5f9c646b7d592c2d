package io.github.presence4j;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a store, and who waits for its answer: the callers of single calls that were gathered, or the caller of a bulk call.
 * Bounded in time from when it was begun. What is not final changes only within the lock of its lane.
 */
class Batch<A> {
    /** Of single calls. */
    static final int MAX_SIZE = 1024;

    /** So many bulk calls are under way at a time for each batch of single calls that may be. */
    static final int BULKS_PER_SLOT = 8;

    private final CompletableFuture<A> answer = new CompletableFuture<>();
    private final CompletableFuture<A> bounded;
    private final Supplier<CompletionStage<A>> call;
    private final boolean bulk;
    private final boolean newestFirst;
    private final Deque<BiConsumer<? super A, ? super @Nullable Throwable>> callers = new ArrayDeque<>();
    private boolean ended;

    /** Of several leaves of a member the last one made it leave, so their callers are answered from the newest on. */
    Batch(Calls calls, boolean bulk, boolean newestFirst, Supplier<CompletionStage<A>> call) {
        this.bounded = calls.bound(answer);
        this.bulk = bulk;
        this.newestFirst = newestFirst;
        this.call = call;
    }

    /** Adds a caller, who is given a part of the answer. It fails if that part cannot be had, as when a bound refused it. */
    final <R> CompletableFuture<R> add(Function<? super A, ? extends R> part) {
        CompletableFuture<R> own = new CompletableFuture<>();
        BiConsumer<A, @Nullable Throwable> caller = (all, failure) -> {
            try {
                if (failure != null) {
                    own.completeExceptionally(failure);
                } else {
                    own.complete(part.apply(all));
                }
            } catch (RuntimeException | Error e) {
                own.completeExceptionally(e);
            }
        };
        if (newestFirst) {
            callers.addFirst(caller);
        } else {
            callers.addLast(caller);
        }
        return own;
    }

    final boolean isBulk() {
        return bulk;
    }

    /** Whether there is place for one more caller. */
    final boolean isOpen(int size) {
        return !bulk && !ended && size < MAX_SIZE;
    }

    /** Whether it must not be under way together with another one that came earlier. */
    boolean follows(Batch<?> earlier) {
        return false;
    }

    /** Whether the callers were answered, or have been told of a failure. */
    final boolean isOver() {
        return bounded.isDone();
    }

    /** Whether its time ran out before the store answered. */
    final boolean isGivenUp() {
        return answer.isCancelled();
    }

    /** From now on it takes no callers. */
    final void end() {
        ended = true;
    }

    final void whenOver(Runnable action) {
        bounded.whenComplete((all, failure) -> action.run());
    }

    /** A batch that is given up while the store answers it is cancelled there (O2). */
    final void send() {
        if (isOver()) {
            return;
        }
        try {
            CompletionStage<A> stage = call.get();
            stage.whenComplete((all, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(failure);
                } else {
                    answer.complete(all);
                }
            });
            answer.whenComplete((all, failure) -> {
                if (failure instanceof CancellationException) {
                    stage.toCompletableFuture().cancel(false);
                }
            });
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    /** Answers the callers, in their order. Only once it is over and ended. */
    final void answer() {
        bounded.whenComplete((all, failure) -> {
            Throwable cause = failure == null ? null : Calls.unwrapped(failure);
            callers.forEach(caller -> caller.accept(all, cause));
        });
    }
}
