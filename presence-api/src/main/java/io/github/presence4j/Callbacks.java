package io.github.presence4j;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run the callbacks an application attached to its stages (E8). There are at most {@link #MAX_THREADS}, and
 * nothing else depends on them.
 *
 * <p>One thread is woken at a time. It takes one callback, and wakes another thread only if more callbacks wait. So a batch of
 * answers costs only one or two wake-ups if its callbacks are quick, and a callback that blocks does not delay others.
 */
final class Callbacks implements Executor, AutoCloseable {
    static final int MAX_THREADS = 64;
    private static final System.Logger LOG = System.getLogger(Callbacks.class.getName());
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final AtomicInteger started = new AtomicInteger();
    private int threads;
    private int idle;
    /** Whether a thread has been woken or started and has not reached the queue yet. */
    private boolean summoned;

    private boolean closed;

    /**
     * Returns a separate stage for the caller, whose callbacks run on these threads. If the answer is complete, they run on the
     * attaching thread.
     */
    <T extends @Nullable Object> CompletionStage<T> stage(CompletableFuture<T> answer) {
        CompletableFuture<T> own = new CompletableFuture<>();
        if (answer.isDone()) {
            copy(answer, own);
        } else {
            answer.whenComplete((value, failure) -> execute(() -> copy(answer, own)));
        }
        return own.minimalCompletionStage();
    }

    private static <T extends @Nullable Object> void copy(CompletableFuture<T> from, CompletableFuture<T> to) {
        from.whenComplete((value, failure) -> {
            if (failure == null) {
                to.complete(value);
            } else {
                Throwable cause = Calls.unwrapped(failure);
                to.completeExceptionally(cause instanceof PresenceException ours ? ours.copy() : cause);
            }
        });
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

    /** Wakes an idle thread. Returns whether a new one must be started instead. Requires the lock. */
    private boolean summon() {
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

    /** Starts a thread. If none can be started, the callbacks wait for the existing threads, or for the next attempt. */
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
            LOG.log(
                    System.Logger.Level.WARNING,
                    "No thread could be started for callbacks; they run once a thread is free",
                    e);
        }
    }

    private void work() {
        Runnable callback = next();
        while (callback != null) {
            run(callback);
            callback = next();
        }
    }

    private static void run(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "A callback of the application threw an exception", e);
        }
    }

    /** Waits for the next callback; returns null if none arrived within the idle time. */
    private @Nullable Runnable next() {
        boolean start;
        Runnable next;
        lock.lock();
        try {
            if (!awaitArrival()) {
                threads--;
                summoned = false;
                return null;
            }
            next = waiting.remove();
            summoned = false;
            start = summon();
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
        return next;
    }

    /** Returns whether a callback arrived within the idle time. Ignores an interrupt that an earlier callback left set. */
    private boolean awaitArrival() {
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
        return !waiting.isEmpty();
    }

    /** Lets the queued callbacks run, then ends the threads. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
