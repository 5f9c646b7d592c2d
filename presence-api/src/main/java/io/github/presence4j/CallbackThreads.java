package io.github.presence4j;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run what an application attached to its stages (E8). There are at most {@link #MAX_THREADS}, and nothing else
 * depends on them.
 *
 * <p>One thread runs the callbacks, one after another, which is cheapest if they are quick. Another one is added whenever the same
 * callback is the next for a millisecond. So a callback that blocks holds up the others for one or two milliseconds.
 *
 * <p>A callback costs one change of a concurrent queue, and no lock while a thread runs and the timer looks for a stall. For that,
 * a thread that finds nothing says so in {@link #busy} before it looks at the queue for the last time, as the timer does in
 * {@link #watched}; and a caller adds its callback before it reads either. So one of the two sees the other.
 */
final class CallbackThreads implements Executor, AutoCloseable {
    static final int MAX_THREADS = 64;
    private static final System.Logger LOG = System.getLogger(CallbackThreads.class.getName());
    private static final long STALLED_MILLIS = 1;

    private final ScheduledExecutorService timer;
    private final long idleNanos;
    private final AtomicInteger started = new AtomicInteger();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    /** How many threads run callbacks or are on their way. */
    private final AtomicInteger busy = new AtomicInteger();
    /** Guards the changes of all fields but the queue. */
    private final ReentrantLock lock = new ReentrantLock();
    /** The threads that wait, with the latest first: it is called first, so the others end when they are not needed. */
    private final Deque<Worker> idle = new ArrayDeque<>();

    private int threads;
    /** Whether a thread is on its way to the queue. */
    private boolean summoned;
    /** Whether the timer looks for a stall. */
    private volatile boolean watched;

    private volatile boolean closed;

    /**
     * @param timer looks for callbacks that block
     * @param idleNanos how long a thread waits for work before it ends
     */
    CallbackThreads(ScheduledExecutorService timer, long idleNanos) {
        this.timer = timer;
        this.idleNanos = idleNanos;
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
        DeliveredAnswer<T, R> delivered = new DeliveredAnswer<>(part, isDone ? Runnable::run : this);
        answer.whenComplete(delivered);
        return delivered;
    }

    @Override
    public void execute(Runnable callback) {
        waiting.add(callback);
        if (busy.get() == 0 || !watched || closed) {
            callThread();
        }
    }

    /** Ensures that a thread takes what waits, now or when the timer finds the others blocked. */
    private void callThread() {
        Worker added = null;
        lock.lock();
        try {
            if (busy.get() == 0 || closed) {
                added = summon();
            } else {
                watch();
            }
        } finally {
            lock.unlock();
        }
        start(added);
    }

    /** Calls one more thread to the queue, unless one is on its way. Returns the one to be started, if none was idle. */
    private @Nullable Worker summon() {
        if (summoned || waiting.isEmpty() || (idle.isEmpty() && threads == MAX_THREADS)) {
            return null;
        }
        summoned = true;
        busy.incrementAndGet();
        Worker latest = idle.poll();
        if (latest != null) {
            latest.call();
            return null;
        }
        threads++;
        return new Worker();
    }

    private void watch() {
        Runnable next = waiting.peek();
        if (next != null && !watched && !closed) {
            timer.schedule(() -> addIfStalled(next), STALLED_MILLIS, TimeUnit.MILLISECONDS);
            watched = true;
        }
    }

    private void addIfStalled(Runnable next) {
        Worker added;
        lock.lock();
        try {
            watched = false;
            added = waiting.peek() == next ? summon() : null;
            watch();
        } finally {
            lock.unlock();
        }
        start(added);
    }

    /** A machine that has no thread to give leaves the callbacks to the threads there are, or to the next try. */
    private void start(@Nullable Worker added) {
        if (added == null) {
            return;
        }
        try {
            Thread thread = new Thread(added, "presence-callback-" + started.incrementAndGet());
            thread.setDaemon(true);
            thread.start();
        } catch (OutOfMemoryError e) {
            lock.lock();
            try {
                threads--;
                busy.decrementAndGet();
                summoned = false;
            } finally {
                lock.unlock();
            }
            LOG.log(System.Logger.Level.WARNING, "No thread for callbacks; they run when there is one", e);
        }
    }

    /** What waits still runs, without a timer: a thread is added whenever callbacks wait. The threads end with it. */
    @Override
    public void close() {
        Worker added;
        lock.lock();
        try {
            closed = true;
            added = summon();
            idle.forEach(Worker::wake);
        } finally {
            lock.unlock();
        }
        start(added);
    }

    /** One thread. */
    private final class Worker implements Runnable {
        private final Condition awake = lock.newCondition();
        /** Whether it was called to the queue. */
        private boolean called = true;

        @Override
        public void run() {
            arrive();
            do {
                for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                    run(next);
                }
            } while (awaitCall());
        }

        private void arrive() {
            lock.lock();
            try {
                summoned = false;
            } finally {
                lock.unlock();
            }
        }

        /** An interrupt that a callback leaves behind means nothing to the next one. */
        private void run(Runnable callback) {
            try {
                callback.run();
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.WARNING, "A callback threw", e);
            }
            Thread.interrupted();
        }

        /** Returns whether there is something to run; if not, the thread ends. */
        private boolean awaitCall() {
            lock.lock();
            try {
                busy.decrementAndGet();
                if (!waiting.isEmpty()) {
                    busy.incrementAndGet();
                    return true;
                }
                return sleep();
            } finally {
                lock.unlock();
            }
        }

        /** Waits as an idle thread until it is called, too long, or until the close. */
        private boolean sleep() {
            called = false;
            idle.push(this);
            long left = idleNanos;
            while (!called && !closed && left > 0) {
                try {
                    left = awake.awaitNanos(left);
                } catch (InterruptedException e) { // has no meaning here
                    left = idleNanos;
                }
            }
            if (called) {
                summoned = false;
            } else {
                idle.remove(this);
                threads--;
            }
            return called;
        }

        void call() {
            called = true;
            wake();
        }

        void wake() {
            awake.signal();
        }
    }
}
