package io.github.presence4j;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An executor that runs tasks one after another, in their order of arrival, on another executor: a lock that no thread waits for.
 *
 * <p>The other executor may refuse: it is full or shut down, or no thread can be started. Then the timer retries, soon at first
 * and every two seconds later, so no task is lost. {@link #execute} never throws, and a task that throws does not stop the next.
 */
final class SerialExecutor implements Executor {
    private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());
    private static final long RETRY_MIN_MILLIS = 50;
    private static final long RETRY_MAX_MILLIS = 2_000;

    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final String what;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    /** The turn that may run the next task; null if there is no task. */
    private @Nullable Turn current;

    private int refusals;

    /**
     * One attempt to run the next task. If an executor both refuses an attempt and runs it later, the attempt finds itself stale
     * and does nothing.
     */
    private final class Turn implements Runnable {
        private boolean begun;

        @Override
        public void run() {
            runOne(this);
        }
    }

    SerialExecutor(Executor executor, ScheduledExecutorService timer, String what) {
        this.executor = executor;
        this.timer = timer;
        this.what = what;
    }

    @Override
    public void execute(Runnable task) {
        Turn next;
        synchronized (tasks) {
            tasks.add(task);
            if (current != null) {
                return;
            }
            next = new Turn();
            current = next;
        }
        submit(next);
    }

    /** Removes the waiting tasks. The current one keeps running. */
    void clear() {
        synchronized (tasks) {
            tasks.clear();
        }
    }

    private void submit(Turn turn) {
        try {
            executor.execute(turn);
        } catch (RuntimeException | Error refusal) {
            refused(turn, refusal);
        }
    }

    private void refused(Turn turn, Throwable refusal) {
        int before;
        synchronized (tasks) {
            if (current != turn || turn.begun) {
                return;
            }
            before = refusals++;
        }
        try {
            if (before == 0) {
                LOG.log(System.Logger.Level.WARNING, "The executor refused to run " + what + "; retrying", refusal);
            }
            long millis = Math.min(RETRY_MAX_MILLIS, RETRY_MIN_MILLIS << Math.min(before, 10));
            timer.schedule(() -> again(turn), millis, TimeUnit.MILLISECONDS);
        } catch (RuntimeException | Error e) {
            giveUp(turn);
        }
    }

    private void again(Turn refused) {
        Turn next;
        synchronized (tasks) {
            if (current != null && current != refused) {
                return;
            }
            next = tasks.isEmpty() ? null : new Turn();
            current = next;
        }
        if (next != null) {
            submit(next);
        }
    }

    /**
     * Drops an attempt after the timer failed as well; the timer may still have queued it. The next task starts a new attempt.
     */
    private void giveUp(Turn turn) {
        synchronized (tasks) {
            if (current == turn) {
                current = null;
            }
        }
    }

    /** Runs one task, then queues the next at the end of the executor, so that a busy topic does not starve others. */
    private void runOne(Turn turn) {
        Runnable task;
        synchronized (tasks) {
            if (current != turn || turn.begun) {
                return;
            }
            turn.begun = true;
            refusals = 0;
            task = tasks.poll();
        }
        try {
            if (task != null) {
                task.run();
            }
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "A step of " + what + " failed; the next one runs", e);
        } finally {
            next();
        }
    }

    private void next() {
        Turn next;
        synchronized (tasks) {
            next = tasks.isEmpty() ? null : new Turn();
            current = next;
        }
        if (next != null) {
            submit(next);
        }
    }
}
