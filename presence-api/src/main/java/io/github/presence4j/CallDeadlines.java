package io.github.presence4j;

import io.github.presence4j.spi.AsyncFailures;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds every call to a store in time (rule E2), and translates the failures of the store into exceptions of this project
 * (rule E6). A call that is given up is cancelled at the store (rule O2). The thread that watches the timeouts runs no code of
 * the application.
 */
final class CallDeadlines {
    private static final System.Logger LOG = System.getLogger(CallDeadlines.class.getName());

    /** More than one, so that a store that hangs in a call does not hold up the other topics. */
    private static final int MAX_SENDERS = 4;

    private static final long MIN_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    /** How long a thread waits for callbacks before it ends. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String store;
    private final Duration timeout;
    private final Set<Call<?>> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean timerIsSet = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor timer;
    private final CallbackThreads callbacks;
    private final ThreadPoolExecutor senders;
    private volatile boolean closed;
    /** Whether the store has answered any call that it did not answer at once. */
    private volatile boolean answered;

    CallDeadlines(String store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
        this.timer =
                new ScheduledThreadPoolExecutor(1, CallDeadlines::timerThread, new ThreadPoolExecutor.DiscardPolicy());
        this.callbacks = new CallbackThreads(timer, IDLE_NANOS);
        this.senders = new ThreadPoolExecutor(
                MAX_SENDERS,
                MAX_SENDERS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                CallDeadlines::senderThread,
                new ThreadPoolExecutor.DiscardPolicy());
        senders.allowCoreThreadTimeOut(true);
    }

    private static Thread timerThread(Runnable task) {
        return daemon(task, "presence-timeouts");
    }

    private static Thread senderThread(Runnable task) {
        return daemon(task, "presence-sender");
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("presence is closed; open another one");
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns the threads that run callbacks of the application. */
    CallbackThreads callbacks() {
        return callbacks;
    }

    /** Returns the threads that call the store after a timeout. They run no code of the application (E8). */
    Executor senders() {
        return senders;
    }

    /** Makes a call and {@linkplain #bound bounds} it. An exception thrown by the store is treated like a failed stage. */
    <T extends @Nullable Object> CompletableFuture<T> make(Supplier<CompletionStage<T>> call) {
        try {
            return bound(call.get());
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(translate(e));
        }
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
        Call<T> call = new Call<>(answer, System.nanoTime() + timeout.toNanos());
        underWay.add(call);
        answer.whenComplete(call);
        if (closed) {
            call.giveUp(endedByClose());
        }
        armTimer();
        return call;
    }

    /** What a caller waits for. */
    private final class Call<T extends @Nullable Object> extends CompletableFuture<T>
            implements BiConsumer<T, @Nullable Throwable> {
        private final CompletableFuture<T> answer;
        final long deadline;
        private volatile boolean givenUp;

        Call(CompletableFuture<T> answer, long deadline) {
            this.answer = answer;
            this.deadline = deadline;
        }

        @Override
        public void accept(T value, @Nullable Throwable failure) {
            underWay.remove(this);
            if (failure == null && !answered) {
                answered = true;
            }
            if (givenUp) {
                return;
            }
            if (failure == null) {
                complete(value);
            } else {
                completeExceptionally(translate(failure));
            }
        }

        /**
         * Fails the call, after the cancellation of the store's stage has returned: the store sends nothing more of the call once the
         * caller sees the failure (O2). A dependent of the stage could run before the others, and would fail the call too early.
         */
        void giveUp(Throwable why) {
            underWay.remove(this);
            givenUp = true;
            try {
                answer.cancel(false);
            } catch (RuntimeException | Error e) { // a store that cannot cancel must not keep the caller waiting
                LOG.log(System.Logger.Level.WARNING, "Store '" + store + "' could not cancel a call", e);
            }
            completeExceptionally(translate(why));
        }
    }

    /**
     * One timer for all calls, which goes off when the oldest would be too late: one for each would wake its thread for every call,
     * and nearly all are answered long before.
     */
    private void armTimer() {
        if (timerIsSet.compareAndSet(false, true)) {
            boolean set = false;
            try {
                setTimer(timeout.toNanos());
                set = true;
            } finally {
                timerIsSet.set(set); // if no thread could be started, the next call tries again
            }
        }
    }

    private void setTimer(long nanos) {
        timer.schedule(this::failOverdue, nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Fails the calls whose deadline has passed, and sets the next timer. If that fails, for example for lack of memory,
     * runs again soon.
     */
    private void failOverdue() {
        long next = 0;
        try {
            next = untilNext(System.nanoTime());
        } finally {
            if (next < Long.MAX_VALUE) {
                setTimer(Math.max(next, MIN_PAUSE));
            }
        }
        if (next == Long.MAX_VALUE) {
            timerIsSet.set(false);
            if (!underWay.isEmpty()) { // a call that was added before the line above saw the timer set
                armTimer();
            }
        }
    }

    private long untilNext(long now) {
        long next = Long.MAX_VALUE;
        for (Call<?> call : underWay) {
            if (call.deadline - now <= 0) {
                call.giveUp(new TimeoutException());
            } else {
                next = Math.min(next, call.deadline - now);
            }
        }
        return next;
    }

    /** Waits for a {@linkplain #bound bounded} answer. Exceptions carry the stack trace of this thread (E7). */
    <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw translate(e).copy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PresenceException(
                    "Interrupted while waiting for store '" + store + "'. A change may have taken effect.", e);
        }
    }

    /** What a caller is to see of a failure. */
    PresenceException translate(Throwable failure) {
        Throwable cause = AsyncFailures.unwrap(failure);
        if (cause instanceof PresenceException ours) {
            return ours;
        }
        if (cause instanceof TimeoutException) {
            return new PresenceUnavailableException(
                    "Store '" + store + "' did not answer within " + timeout.toMillis() + " ms"
                            + (answered
                                    ? ". "
                                    : ", nor any call before. It may still be connecting; check that it runs"
                                            + " and can be reached. ")
                            + "A change may have taken effect; touch, leave and reset may be repeated.",
                    cause);
        }
        return new PresenceException(
                "Store '" + store + "' failed; the cause says how. A change may have taken effect.", cause);
    }

    void close() {
        closed = true;
        senders.shutdown(); // first, so that no batch that waits is sent when those before it are given up
        underWay.forEach(call -> call.giveUp(endedByClose()));
        timer.shutdownNow();
        callbacks.close();
    }

    private PresenceUnavailableException endedByClose() {
        return new PresenceUnavailableException(
                "Presence was closed while store '" + store + "' was answering. A change may have taken effect.", null);
    }
}
