package io.github.presence4j.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a store makes of the answer of a call. Its cancellation cancels the call, which that of {@code thenApply} would not (rule O2:
 * a call that was given up stops). Thread-safe.
 *
 * @param <T> the type of the answer
 * @param <R> the type of what is made of it
 */
public final class DependentStage<T extends @Nullable Object, R extends @Nullable Object> extends CompletableFuture<R>
        implements BiConsumer<T, @Nullable Throwable> {
    private final CompletableFuture<T> call;
    private final Function<? super T, ? extends R> part;
    private final Function<Throwable, Throwable> failures;

    private DependentStage(
            CompletableFuture<T> call, Function<? super T, ? extends R> part, Function<Throwable, Throwable> failures) {
        this.call = call;
        this.part = part;
        this.failures = failures;
    }

    /**
     * Makes a stage of the answer. O(1); makes no call.
     *
     * @param call the call
     * @param part what is made of its answer; the stage fails if it throws
     * @param <T> the type of the answer
     * @param <R> the type of what is made of it
     * @return the stage; fails as the call does
     */
    public static <T extends @Nullable Object, R extends @Nullable Object> CompletionStage<R> of(
            CompletionStage<T> call, Function<? super T, ? extends R> part) {
        return of(call, part, failure -> failure);
    }

    /**
     * Makes a stage of the answer, and translates a failure. O(1); makes no call.
     *
     * @param call the call
     * @param part what is made of its answer; the stage fails if it throws
     * @param failures translates a failure of the call, which may be wrapped, see {@link AsyncFailures}
     * @param <T> the type of the answer
     * @param <R> the type of what is made of it
     * @return the stage
     */
    public static <T extends @Nullable Object, R extends @Nullable Object> CompletionStage<R> of(
            CompletionStage<T> call, Function<? super T, ? extends R> part, Function<Throwable, Throwable> failures) {
        DependentStage<T, R> dependent = new DependentStage<>(call.toCompletableFuture(), part, failures);
        call.whenComplete(dependent);
        return dependent;
    }

    /**
     * Completes the stage. For the call only.
     *
     * @param answer the answer of the call
     * @param failure its failure; null if it has none
     */
    @Override
    public void accept(T answer, @Nullable Throwable failure) {
        try {
            if (failure == null) {
                complete(part.apply(answer));
            } else {
                completeExceptionally(failures.apply(failure));
            }
        } catch (RuntimeException | Error e) {
            completeExceptionally(e);
        }
    }

    /** {@inheritDoc} Also cancels the call. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            call.cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }
}
