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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Bounds every call to a store in time, and turns whatever a store fails with into our exceptions (E2, E3, E4, E6). */
final class Calls {
    /** Between two looks for calls that are overdue, when many are. */
    private static final long LEAST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final String store;
    private final Duration timeout;
    private final Set<Call<?>> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean timerIsSet = new AtomicBoolean();
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
    <T extends @Nullable Object> CompletableFuture<T> bound(CompletionStage<T> stage) {
        CompletableFuture<T> answer = stage.toCompletableFuture();
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            return answer;
        }
        Call<T> call = new Call<>(System.nanoTime() + timeout.toNanos());
        underWay.add(call);
        if (closed) {
            call.fail(endedByClose());
        }
        beWatched();
        answer.whenComplete(call);
        return call;
    }

    /** What a caller waits for. */
    private final class Call<T extends @Nullable Object> extends CompletableFuture<T>
            implements BiConsumer<T, @Nullable Throwable> {
        final long deadline;

        Call(long deadline) {
            this.deadline = deadline;
        }

        @Override
        public void accept(T value, @Nullable Throwable failure) {
            if (failure == null) {
                underWay.remove(this);
                complete(value);
            } else {
                fail(failure);
            }
        }

        void fail(Throwable failure) {
            underWay.remove(this);
            completeExceptionally(translate(failure));
        }
    }

    /**
     * One timer for all calls, which goes off when the oldest would be too late: one for each would wake its thread for every call,
     * and nearly all are answered long before.
     */
    private void beWatched() {
        if (timerIsSet.compareAndSet(false, true)) {
            setTimer(timeout.toNanos());
        }
    }

    private void setTimer(long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(this::endOverdue);
    }

    private void endOverdue() {
        long now = System.nanoTime();
        long next = Long.MAX_VALUE;
        for (Call<?> call : underWay) {
            if (call.deadline - now <= 0) {
                call.fail(new TimeoutException());
            } else {
                next = Math.min(next, call.deadline - now);
            }
        }
        if (next < Long.MAX_VALUE) {
            setTimer(Math.max(next, LEAST_PAUSE));
            return;
        }
        timerIsSet.set(false);
        if (!underWay.isEmpty()) { // a call that came meanwhile saw the timer set
            beWatched();
        }
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
        underWay.forEach(call -> call.fail(endedByClose()));
    }

    private PresenceUnavailableException endedByClose() {
        return new PresenceUnavailableException(
                "Presence was closed while store '" + store + "' was answering. The call may have taken effect.", null);
    }
}
