package io.github.presence4j;

import io.github.presence4j.spi.AsyncFailures;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run what an application attached to its stages (E8). There are at most {@link #MAX_THREADS}, and nothing else
 * depends on them.
 *
 * <p>One thread runs the callbacks, one after another, which is cheapest if they are quick. Another one is added whenever callbacks
 * wait and none was taken for a millisecond. So a callback that blocks holds up the others for that long.
 */
final class CallbackThreads implements Executor, AutoCloseable {
    static final int MAX_THREADS = 64;
    private static final System.Logger LOG = System.getLogger(CallbackThreads.class.getName());
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long STALLED_MILLIS = 1;

    private final ScheduledExecutorService timer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final AtomicInteger started = new AtomicInteger();
    private int threads;
    private int idle;
    /** How many threads run a callback. */
    private int running;
    /** Whether a thread is on its way to the queue. */
    private boolean summoned;
    /** How many callbacks were taken so far, by which a stall is noticed. */
    private long taken;
    /** Whether the timer looks for a stall. */
    private boolean watched;

    private boolean closed;

    CallbackThreads(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Returns a stage of the caller's own, whose dependents run here. If the answer is complete already, they run in the
     * caller.
     *
     * @param part what the caller receives of the answer; the stage fails if it throws
     */
    <T extends @Nullable Object, R extends @Nullable Object> CompletionStage<R> stage(
            CompletableFuture<T> answer, Function<? super T, ? extends R> part) {
        boolean isDone = answer.isDone();
        Delivery<T, R> delivery = new Delivery<>(part, isDone ? Runnable::run : this);
        answer.whenComplete(delivery);
        return delivery.minimalCompletionStage();
    }

    /** Completes a caller's stage. One object for stage, task and callback, since each asynchronous call needs them. */
    private static final class Delivery<T extends @Nullable Object, R extends @Nullable Object>
            extends CompletableFuture<R> implements BiConsumer<T, @Nullable Throwable>, Runnable {
        private final Function<? super T, ? extends R> part;
        private final Executor executor;
        private @Nullable T answer;
        private @Nullable Throwable failure;

        Delivery(Function<? super T, ? extends R> part, Executor executor) {
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

    @Override
    public void execute(Runnable callback) {
        boolean start;
        lock.lock();
        try {
            waiting.add(callback);
            start = summon();
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
    }

    /** Wakes a thread if none runs; returns whether one has to be started instead. Called with the lock. */
    private boolean summon() {
        if (running > 0 && !closed) {
            watch();
            return false;
        }
        return summonAnother();
    }

    private boolean summonAnother() {
        if (summoned || waiting.isEmpty()) {
            return false;
        }
        if (idle > 0) {
            summoned = true;
            arrived.signal();
            return false;
        }
        if (threads == MAX_THREADS) {
            return false;
        }
        summoned = true;
        threads++;
        return true;
    }

    private void watch() {
        if (!watched && !waiting.isEmpty()) {
            long before = taken;
            timer.schedule(() -> addIfStalled(before), STALLED_MILLIS, TimeUnit.MILLISECONDS);
            watched = true;
        }
    }

    private void addIfStalled(long before) {
        boolean start;
        lock.lock();
        try {
            watched = false;
            start = taken == before && summonAnother();
            watch();
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
    }

    /** A machine that has no thread to give leaves the callbacks to the threads there are, or to the next try. */
    private void start() {
        try {
            Thread thread = new Thread(this::work, "presence-callback-" + started.incrementAndGet());
            thread.setDaemon(true);
            thread.start();
        } catch (OutOfMemoryError e) {
            lock.lock();
            try {
                threads--;
                summoned = false;
            } finally {
                lock.unlock();
            }
            LOG.log(System.Logger.Level.WARNING, "No thread for callbacks; they run when there is one", e);
        }
    }

    private void work() {
        Runnable callback = next(false);
        while (callback != null) {
            run(callback);
            callback = next(true);
        }
    }

    private static void run(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "A callback threw", e);
        }
    }

    /** Waits for the next callback; null if there was none for long. */
    private @Nullable Runnable next(boolean ran) {
        boolean start;
        Runnable next;
        lock.lock();
        try {
            running -= ran ? 1 : 0;
            if (!awaitArrival()) {
                threads--;
                return null;
            }
            next = waiting.remove();
            running++;
            taken++;
            start = summon();
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
        return next;
    }

    /** Whether anything arrives in time. An interrupt that a callback left behind means nothing. */
    private boolean awaitArrival() {
        if (waiting.isEmpty()) {
            summoned = false;
            long left = IDLE_NANOS;
            idle++;
            while (waiting.isEmpty() && !closed && left > 0) {
                try {
                    left = arrived.awaitNanos(left);
                } catch (InterruptedException e) {
                    left = IDLE_NANOS;
                }
            }
            idle--;
        }
        summoned = false;
        return !waiting.isEmpty();
    }

    /** What waits still runs, without a timer: a thread is added whenever callbacks wait. The threads end with it. */
    @Override
    public void close() {
        boolean start;
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
            start = summonAnother();
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
    }
}
