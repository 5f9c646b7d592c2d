package io.github.presence4j.redis;

import io.github.presence4j.PresenceUnavailableException;
import io.lettuce.core.api.AsyncCloseable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection that is opened when it is first needed; when that failed, the next who needs it tries again. */
final class Opened<C extends AsyncCloseable> {
    private final Supplier<CompletionStage<C>> open;
    private final AtomicReference<@Nullable CompletableFuture<C>> connection = new AtomicReference<>();
    private volatile boolean closed;

    Opened(Supplier<CompletionStage<C>> open) {
        this.open = open;
    }

    CompletableFuture<C> get() {
        CompletableFuture<C> current = connection.get();
        if (current != null && !current.isCompletedExceptionally()) {
            return current;
        }
        CompletableFuture<C> attempt = new CompletableFuture<>();
        if (!connection.compareAndSet(current, attempt)) {
            return get();
        }
        if (closed) {
            attempt.completeExceptionally(closed());
        } else {
            begin(attempt);
        }
        return attempt;
    }

    private void begin(CompletableFuture<C> attempt) {
        try {
            open.get().whenComplete((opened, failure) -> {
                if (failure != null) {
                    attempt.completeExceptionally(failure);
                } else if (!attempt.complete(opened)) {
                    opened.closeAsync();
                }
            });
        } catch (RuntimeException e) {
            attempt.completeExceptionally(e);
        }
    }

    /** What is under way on it ends exceptionally, and so does an attempt to open it. */
    CompletableFuture<@Nullable Void> close() {
        closed = true;
        CompletableFuture<C> current = connection.get();
        if (current == null || current.completeExceptionally(closed()) || current.isCompletedExceptionally()) {
            return CompletableFuture.completedFuture(null);
        }
        return current.thenCompose(AsyncCloseable::closeAsync);
    }

    static PresenceUnavailableException closed() {
        return new PresenceUnavailableException("The Redis store is closed; open another one", null);
    }
}
