package io.github.presence4j.redis;

import io.github.presence4j.PresenceUnavailableException;
import io.lettuce.core.api.AsyncCloseable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is opened on first use. After a failed attempt, uses within a pause return the same failure; the next use
 * after the pause tries again.
 */
final class LazyConnection<C extends AsyncCloseable> {
    private static final long MIN_PAUSE = Duration.ofMillis(20).toNanos();
    private static final long MAX_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long BETWEEN_RENEWALS = Duration.ofMillis(500).toNanos();

    private final Supplier<CompletionStage<C>> open;
    private final Executor executor;
    private final AtomicReference<@Nullable CompletableFuture<C>> connection = new AtomicReference<>();
    private final CompletableFuture<C> first = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile long pause = MIN_PAUSE;
    private volatile long retryAt;
    private volatile long renewAt = System.nanoTime();

    /**
     * Creates a connection that is not open. {@code open} runs on the executor: it may take seconds, for example to load the
     * classes of the client, and no caller may wait for that (E3).
     */
    LazyConnection(Supplier<CompletionStage<C>> open, Executor executor) {
        this.open = open;
        this.executor = executor;
    }

    CompletableFuture<C> get() {
        CompletableFuture<C> current = connection.get();
        if (current != null && (!current.isCompletedExceptionally() || isPausing())) {
            return current;
        }
        CompletableFuture<C> attempt = new CompletableFuture<>();
        if (!connection.compareAndSet(current, attempt)) {
            return get();
        }
        begin(attempt);
        return attempt;
    }

    private boolean isPausing() {
        return System.nanoTime() - retryAt < 0;
    }

    private void begin(CompletableFuture<C> attempt) {
        if (closed) {
            attempt.completeExceptionally(closed());
            return;
        }
        try {
            executor.execute(() -> open(attempt));
        } catch (RejectedExecutionException shutDown) {
            attempt.completeExceptionally(closed());
        } catch (RuntimeException | Error e) {
            failed(attempt, e);
        }
    }

    private void open(CompletableFuture<C> attempt) {
        if (attempt.isDone()) { // closed before the executor came to it
            return;
        }
        try {
            open.get().whenComplete((opened, failure) -> {
                if (failure != null) {
                    failed(attempt, failure);
                } else {
                    pause = MIN_PAUSE;
                    first.complete(opened);
                    if (!attempt.complete(opened)) {
                        opened.closeAsync();
                    }
                }
            });
        } catch (RuntimeException | Error e) {
            failed(attempt, e);
        }
    }

    private void failed(CompletableFuture<C> attempt, Throwable failure) {
        long current = pause;
        retryAt = System.nanoTime() + current / 2 + ThreadLocalRandom.current().nextLong(current / 2);
        pause = Math.min(MAX_PAUSE, 2 * current);
        attempt.completeExceptionally(failure);
    }

    /**
     * Replaces a connection to a server that no longer accepts writes, at most twice a second; its address may lead to another
     * server by now. Returns whether the connection was replaced; then the caller must close the former one.
     */
    boolean renew(C former) {
        CompletableFuture<C> current = connection.get();
        long now = System.nanoTime();
        if (closed || now - renewAt < 0 || !isCurrent(former)) {
            return false;
        }
        CompletableFuture<C> attempt = new CompletableFuture<>();
        if (!connection.compareAndSet(current, attempt)) {
            return false;
        }
        renewAt = now + BETWEEN_RENEWALS;
        begin(attempt);
        return true;
    }

    /** Returns a stage of the first connection that is opened, which may never complete. */
    CompletionStage<C> first() {
        return first;
    }

    /** Returns whether this is the connection in use. */
    boolean isCurrent(Object candidate) {
        CompletableFuture<C> current = connection.get();
        return current != null
                && current.isDone()
                && !current.isCompletedExceptionally()
                && current.join() == candidate;
    }

    boolean isClosed() {
        return closed;
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
