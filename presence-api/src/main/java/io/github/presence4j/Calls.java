package io.github.presence4j;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Bounds every call to a store in time, and turns whatever a store fails with into our exceptions (E2, E3, E4, E6). */
final class Calls {
    private final String store;
    private final Duration timeout;
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Calls(String store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("presence is closed; open another one");
        }
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * The stage's answer or our exception, by the timeout at the latest. An answer that is there already is passed through as
     * it is, which keeps a local store's path free of timers and allocation.
     */
    @SuppressWarnings("CollectionUndefinedEquality") // identity is meant
    <T extends @Nullable Object> CompletableFuture<T> bound(CompletionStage<T> stage) {
        CompletableFuture<T> answer = stage.toCompletableFuture();
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            return answer;
        }
        CompletableFuture<T> call = answer.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        underWay.add(call);
        if (closed) {
            end(call);
        }
        return call.handle((value, failure) -> {
            underWay.remove(call);
            if (failure != null) {
                throw translate(failure);
            }
            return value;
        });
    }

    /** Waits for a {@linkplain #bound bounded} answer. */
    <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw translate(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PresenceException(
                    "Interrupted while waiting for store '" + store + "'. The call may have taken effect.", e);
        }
    }

    /** What a caller is to see of a failure. */
    PresenceException translate(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof PresenceException ours) {
            return ours;
        }
        if (cause instanceof TimeoutException) {
            return new PresenceUnavailableException(
                    "Store '" + store + "' did not answer within " + timeout.toMillis()
                            + " ms. The call may have taken effect; touch, leave and reset may be repeated.",
                    cause);
        }
        return new PresenceException(
                "Store '" + store + "' failed; the cause says how. The call may have taken effect.", cause);
    }

    void close() {
        closed = true;
        underWay.forEach(this::end);
    }

    private void end(CompletableFuture<?> call) {
        call.completeExceptionally(new PresenceUnavailableException(
                "Presence was closed while store '" + store + "' was answering. The call may have taken effect.",
                null));
    }
}
