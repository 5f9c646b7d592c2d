package io.github.presence4j.spi;

import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of a store whose client blocks, such as JDBC. Gives a store what {@link PresenceStore} asks for:
 *
 * <ul>
 *   <li>No caller is blocked: calls run on a bounded number of worker threads, and a bounded number of calls wait.
 *   <li>Stages are completed on other threads than the workers, so a callback that blocks holds no worker. Up to 8 callbacks
 *       may block at the same time before stages complete late.
 *   <li>A call whose stage is cancelled is not started, or is stopped, see {@link BlockingCall}.
 *   <li>Failures of the client that are outages become a {@link PresenceUnavailableException} with the failure as its cause.
 *       All other failures stay as they are, so that a bug is not reported as an outage.
 *   <li>{@link #close} fails all calls, also those that hang.
 * </ul>
 *
 * <p>Thread-safe. The order in which calls take effect is not defined, so the store must return at least 1 from {@link
 * PresenceStore#batchSlots}. All threads are daemons, and all but the timer of {@link #repeat} end when they are idle.
 */
public final class BlockingCalls implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BlockingCalls.class.getName());
    private static final int ANSWER_THREADS = 8;
    private static final int STOP_THREADS = 2;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REPEAT_TIMEOUT = Duration.ofSeconds(10);

    private final String store;
    private final int maxUnderWay;
    private final Predicate<Throwable> outage;
    private final Semaphore free;
    private final Set<RunningCall<?>> underWay = ConcurrentHashMap.newKeySet();
    /** The number of calls that were given up since the queue was searched for them. */
    private final AtomicInteger givenUp = new AtomicInteger();

    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor answers;
    private final ThreadPoolExecutor stops;
    private final ScheduledThreadPoolExecutor timer;
    private volatile boolean closed;

    private BlockingCalls(Builder settings) {
        this.store = settings.store;
        this.maxUnderWay = settings.threads + settings.maxWaiting;
        this.outage = settings.outage;
        this.free = new Semaphore(maxUnderWay);
        this.workers = DaemonThreads.pool(store + "-worker", settings.threads, new ThreadPoolExecutor.DiscardPolicy());
        this.answers = DaemonThreads.pool(store + "-answers", ANSWER_THREADS, (late, executor) -> late.run());
        this.stops = DaemonThreads.pool(store + "-stop", STOP_THREADS, new ThreadPoolExecutor.DiscardPolicy());
        this.timer = new ScheduledThreadPoolExecutor(
                1, DaemonThreads.named(store + "-timer"), new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Begins the settings of the calls of one store.
     *
     * @param store the name of the store, for threads and messages; the same as {@link PresenceStore#name}
     * @return a builder that holds the defaults
     */
    public static Builder builder(String store) {
        return new Builder(store);
    }

    /**
     * Runs work on a worker thread, or lets it wait until one is free. Does not block.
     *
     * @param work the work
     * @param <T> the type of its result
     * @return the result. Cancelling the stage's future gives the call up. Fails with a {@link PresenceUnavailableException} if the
     *     work failed by an outage or the store is closed; with a {@link PresenceException} that names the limit if too many calls
     *     wait; with the exception of the work otherwise
     */
    public <T extends @Nullable Object> CompletionStage<T> call(BlockingWork<T> work) {
        Objects.requireNonNull(work, "work");
        if (closed) {
            return CompletableFuture.failedFuture(closedStore());
        }
        if (!free.tryAcquire()) {
            return CompletableFuture.failedFuture(new PresenceException(
                    "Limit of " + maxUnderWay + " calls under way in store '" + store
                            + "' reached; make fewer calls at a time, or give the store more threads",
                    null));
        }
        RunningCall<T> call = new RunningCall<>(this, work);
        underWay.add(call);
        call.whenComplete((result, failure) -> {
            underWay.remove(call);
            free.release();
        });
        try {
            workers.execute(call);
        } catch (RuntimeException | Error e) { // no thread could be started
            call.completeExceptionally(e);
        }
        if (closed) {
            call.fail(closedStore());
        }
        return call;
    }

    /**
     * Runs work again and again until {@link #close}, with a pause before each run. Work that fails is logged at DEBUG and still
     * repeated. Work that takes longer than 10 s is given up and repeated.
     *
     * @param pause the pause between two runs; at least 1 ms
     * @param work the work, run like a {@link #call}
     * @throws IllegalArgumentException if the pause is shorter than 1 ms
     */
    public void repeat(Duration pause, BlockingWork<? extends @Nullable Object> work) {
        if (pause.toMillis() < 1) {
            throw new IllegalArgumentException("pause must be at least 1 ms but was " + pause);
        }
        timer.schedule(() -> runAndRepeat(pause, work), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void runAndRepeat(Duration pause, BlockingWork<? extends @Nullable Object> work) {
        CompletableFuture<?> run = call(work).toCompletableFuture();
        Future<?> timeout = timer.schedule(() -> run.cancel(false), REPEAT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        run.whenComplete((result, failure) -> {
            timeout.cancel(false);
            if (failure != null) {
                LOG.log(System.Logger.Level.DEBUG, "Repeated work of store '" + store + "' failed", failure);
            }
            repeat(pause, work);
        });
    }

    /** {@return whether the store was closed} */
    public boolean isClosed() {
        return closed;
    }

    void answer(Runnable completion) {
        answers.execute(completion);
    }

    /** Calls that were given up are taken from the queue when they are half of it, so that each costs a constant share. */
    void givenUp(@Nullable Runnable stop) {
        if (stop != null) {
            stops.execute(stop);
        }
        if (givenUp.incrementAndGet() * 2 > workers.getQueue().size()) {
            givenUp.set(0);
            workers.getQueue().removeIf(task -> task instanceof RunningCall<?> call && call.isGivenUp());
        }
    }

    void stopFailed(Exception failure) {
        LOG.log(System.Logger.Level.DEBUG, "A call of store '" + store + "' could not be stopped", failure);
    }

    Throwable translate(Throwable failure) {
        Throwable cause = AsyncFailures.unwrap(failure);
        return !(cause instanceof PresenceException) && isOutage(cause)
                ? new PresenceUnavailableException(
                        "Store '" + store + "' is out of reach: " + cause
                                + ". A change may have taken effect; touch, leave and reset may be repeated.",
                        cause)
                : cause;
    }

    /** Returns whether a failure of the client, or one of its causes, is an outage. */
    boolean isOutage(Throwable failure) {
        try {
            return AsyncFailures.findCause(failure, outage) != null;
        } catch (RuntimeException e) { // the caller waits for the failure of the call, and not for this one
            LOG.log(System.Logger.Level.WARNING, "Store '" + store + "' could not judge a failure of its client", e);
            return false;
        }
    }

    private PresenceUnavailableException closedStore() {
        return new PresenceUnavailableException("Store '" + store + "' is closed; open another one", null);
    }

    /**
     * Gives up all calls: their stages fail with a {@link PresenceUnavailableException} and so do later ones. Waits up to
     * 2 s for the workers, so that the client can be closed next; a worker that hangs longer is logged and left behind. A second call
     * does nothing.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        timer.shutdownNow();
        underWay.forEach(call -> call.fail(closedStore()));
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} threads of store ''{1}'' still wait for its client after {2} ms; closing without them",
                        workers.getActiveCount(),
                        store,
                        CLOSE_TIMEOUT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stops.shutdown();
        answers.shutdown();
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private static final int MAX_THREADS = 1_000;
        private static final int MAX_WAITING = 1_000_000;

        private final String store;
        private int threads = 8;
        private int maxWaiting = 10_000;
        private Predicate<Throwable> outage =
                failure -> failure instanceof IOException || failure instanceof TimeoutException;

        private Builder(String store) {
            this.store = Objects.requireNonNull(store, "store");
        }

        /**
         * Sets how many calls run at the same time, 8 by default. Use the size of the client's connection pool.
         *
         * @param threads 1 to 1,000
         * @return this builder
         * @throws IllegalArgumentException if the number is out of this range
         */
        public Builder threads(int threads) {
            this.threads = between("threads", threads, MAX_THREADS);
            return this;
        }

        /**
         * Sets how many calls may wait for a thread, 10,000 by default. More are refused with a {@link PresenceException}.
         *
         * @param maxWaiting 1 to 1,000,000
         * @return this builder
         * @throws IllegalArgumentException if the number is out of this range
         */
        public Builder maxWaiting(int maxWaiting) {
            this.maxWaiting = between("maxWaiting", maxWaiting, MAX_WAITING);
            return this;
        }

        /**
         * Sets which failures of the client are outages; {@link IOException} and {@link TimeoutException} by default. Name only
         * failures that are known to be temporary: a lost connection, a failover, a server that is full or starting.
         *
         * @param outage tests a failure and each of its causes; called on any thread. If it throws, the failure is no outage
         * @return this builder
         */
        public Builder outage(Predicate<Throwable> outage) {
            this.outage = Objects.requireNonNull(outage, "outage");
            return this;
        }

        /** {@return the calls} Threads are started when they are needed. */
        public BlockingCalls build() {
            return new BlockingCalls(this);
        }

        private static int between(String name, int value, int max) {
            if (value < 1 || value > max) {
                throw new IllegalArgumentException(name + " must be from 1 to " + max + " but was " + value);
            }
            return value;
        }
    }
}
