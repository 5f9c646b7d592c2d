package io.github.presence4j;

import io.github.presence4j.spi.AsyncFailures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Completes a caller's stage. One object for stage, task and callback, since each asynchronous call needs them. */
final class DeliveredAnswer<T extends @Nullable Object, R extends @Nullable Object> extends CompletableFuture<R>
        implements BiConsumer<T, @Nullable Throwable>, Runnable {
    private final Function<? super T, ? extends R> part;
    private final Executor executor;
    private @Nullable T answer;
    private @Nullable Throwable failure;

    DeliveredAnswer(Function<? super T, ? extends R> part, Executor executor) {
        this.part = part;
        this.executor = executor;
    }

    @Override
    public void accept(T answer, @Nullable Throwable failure) {
        this.answer = answer;
        this.failure = failure;
        executor.execute(this);
    }

    @Override
    @SuppressWarnings("NullAway") // the answer is null only if T includes null
    public void run() {
        Throwable failed = failure;
        if (failed == null) {
            completeWith(answer);
        } else {
            Throwable cause = AsyncFailures.unwrap(failed);
            completeExceptionally(cause instanceof PresenceException ours ? ours.copy() : cause);
        }
    }

    private void completeWith(T value) {
        try {
            complete(part.apply(value));
        } catch (RuntimeException | Error e) {
            completeExceptionally(e);
        }
    }
}
