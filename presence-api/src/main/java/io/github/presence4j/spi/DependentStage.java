package io.github.presence4j.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A part of the answer of a call. Its cancellation cancels the call, which that of {@code thenApply} would not (O2). */
final class DependentStage<T, R> extends CompletableFuture<R> implements BiConsumer<T, @Nullable Throwable> {
    private final CompletableFuture<T> call;
    private final Function<? super T, ? extends R> part;

    private DependentStage(CompletableFuture<T> call, Function<? super T, ? extends R> part) {
        this.call = call;
        this.part = part;
    }

    static <T, R> CompletionStage<R> of(CompletionStage<T> call, Function<? super T, ? extends R> part) {
        DependentStage<T, R> dependent = new DependentStage<>(call.toCompletableFuture(), part);
        call.whenComplete(dependent);
        return dependent;
    }

    @Override
    public void accept(T answer, @Nullable Throwable failure) {
        if (failure != null) {
            completeExceptionally(failure);
            return;
        }
        try {
            complete(part.apply(answer));
        } catch (RuntimeException | Error e) {
            completeExceptionally(e);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            call.cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }
}
