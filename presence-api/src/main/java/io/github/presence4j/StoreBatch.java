package io.github.presence4j;

import io.github.presence4j.spi.AsyncFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call to a store, and its callers: those of the single calls that it gathers, or the caller of a bulk call. The timeout runs
 * from the creation of the batch. Mutable fields change only under the lock of the lane.
 */
class StoreBatch<A> {
    /** The largest number of single calls in a batch. */
    static final int MAX_SIZE = 1024;

    /** How many bulk calls may be under way per slot for batches of single calls. */
    static final int BULKS_PER_SLOT = 8;

    private final Answer<A> answer = new Answer<>();
    private final CompletableFuture<A> bounded;
    private final Supplier<CompletionStage<A>> call;
    private final boolean bulk;
    private final List<Caller<A, ?>> callers = new ArrayList<>(1);
    private boolean ended;

    StoreBatch(CallDeadlines calls, boolean bulk, Supplier<CompletionStage<A>> call) {
        this.bounded = calls.bound(answer);
        this.bulk = bulk;
        this.call = call;
    }

    /**
     * Adds a caller, which receives a part of the answer. Its stage fails if {@code part} throws, for example because a limit
     * refused the touch.
     */
    final <R> CompletableFuture<R> add(Function<? super A, ? extends R> part) {
        Caller<A, R> caller = new Caller<>(part);
        callers.add(caller);
        return caller;
    }

    /** What one caller waits for. */
    private static final class Caller<A, R> extends CompletableFuture<R> {
        private final Function<? super A, ? extends R> part;

        Caller(Function<? super A, ? extends R> part) {
            this.part = part;
        }

        void answer(A all, @Nullable Throwable failure) {
            try {
                if (failure != null) {
                    completeExceptionally(failure);
                } else {
                    complete(part.apply(all));
                }
            } catch (RuntimeException | Error e) {
                completeExceptionally(e);
            }
        }
    }

    /** The answer of the store. If it is cancelled before the store answers, cancels the stage of the store (O2). */
    private static final class Answer<A> extends CompletableFuture<A> implements BiConsumer<A, @Nullable Throwable> {
        private volatile @Nullable CompletionStage<A> stage;

        void await(CompletionStage<A> sent) {
            stage = sent;
            sent.whenComplete(this);
            if (isCancelled()) { // before the first line above
                sent.toCompletableFuture().cancel(false);
            }
        }

        @Override
        public void accept(A all, @Nullable Throwable failure) {
            if (failure != null) {
                completeExceptionally(failure);
            } else {
                complete(all);
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            CompletionStage<A> sent = stage;
            if (cancelled && sent != null) {
                sent.toCompletableFuture().cancel(false);
            }
            return cancelled;
        }
    }

    final boolean isBulk() {
        return bulk;
    }

    /** Returns whether one more caller may be added. */
    final boolean isOpen(int size) {
        return !bulk && !ended && size < MAX_SIZE;
    }

    /** Returns whether this batch must wait for an earlier one. */
    boolean follows(StoreBatch<?> earlier) {
        return false;
    }

    /** Returns whether the batch was answered, failed or timed out. */
    final boolean isOver() {
        return bounded.isDone();
    }

    /** Returns whether the call was cancelled, by its timeout or a close, before the store answered. */
    final boolean isGivenUp() {
        return answer.isCancelled();
    }

    /** Closes the batch for further callers. */
    final void end() {
        ended = true;
    }

    final void whenOver(Runnable action) {
        bounded.whenComplete((all, failure) -> action.run());
    }

    /** Calls the store. */
    final void send() {
        if (isOver()) {
            return;
        }
        try {
            answer.await(call.get());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    /** Answers the callers, in their order. Requires {@link #isOver} and {@link #end}. */
    final void answer() {
        bounded.whenComplete((all, failure) -> {
            Throwable cause = failure == null ? null : AsyncFailures.unwrap(failure);
            callers.forEach(caller -> caller.answer(all, cause));
        });
    }
}
