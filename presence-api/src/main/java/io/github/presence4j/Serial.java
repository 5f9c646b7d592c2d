package io.github.presence4j;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another, in the order they came, on another executor: a lock that no thread waits for.
 *
 * <p>An executor may refuse: it is full, it was shut down, no thread can be started. Then the timer tries again, soon at first
 * and every two seconds later, so no task is lost. {@link #execute} never throws, and a task that throws does not stop the next.
 */
final class Serial implements Executor {
    private static final System.Logger LOG = System.getLogger(Serial.class.getName());
    private static final long RETRY_MIN_MILLIS = 50;
    private static final long RETRY_MAX_MILLIS = 2_000;

    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final String what;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    /** The turn that may run the next task; null while there is none to run. */
    private @Nullable Turn current;

    private int refusals;

    /** One attempt to run the next task. A refused one that its executor runs all the same finds that it is stale. */
    private final class Turn implements Runnable {
        private boolean begun;

        @Override
        public void run() {
            runOne(this);
        }
    }

    Serial(Executor executor, ScheduledExecutorService timer, String what) {
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

    /** Forgets the tasks that wait; one that runs goes on. */
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
                LOG.log(System.Logger.Level.WARNING, "The executor refused " + what + "; it is tried again", refusal);
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

    /** The timer failed as well, though it may still have queued the attempt. The next task is an attempt, too. */
    private void giveUp(Turn turn) {
        synchronized (tasks) {
            if (current == turn) {
                current = null;
            }
        }
    }

    /** One task at a time, then to the end of the executor's queue: no topic starves because another one is busy. */
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
