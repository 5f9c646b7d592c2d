package io.github.presence4j;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose time passes when the test says so, in the test's own thread; it never starts one. */
class VirtualTimer extends ScheduledThreadPoolExecutor {
    private final Queue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long nanos;
    private long count;

    VirtualTimer() {
        super(1);
    }

    /** Runs what is due until then, each at its time. */
    void advance(Duration duration) {
        long end = nanos + duration.toNanos();
        for (Task next = tasks.peek(); next != null && next.at <= end; next = tasks.peek()) {
            tasks.remove();
            nanos = next.at;
            next.run();
        }
        nanos = end;
    }

    /** Runs the next task now if it is due now. */
    void advanceByOneTask() {
        Task next = tasks.peek();
        if (next != null && next.at <= nanos) {
            tasks.remove();
            next.run();
        }
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Task task = new Task(command, nanos + unit.toNanos(delay), count++);
        tasks.add(task);
        return task;
    }

    private final class Task extends FutureTask<Boolean> implements ScheduledFuture<Boolean> {
        private final long at;
        private final long number;

        Task(Runnable command, long at, long number) {
            super(command, true);
            this.at = at;
            this.number = number;
        }

        long at() {
            return at;
        }

        long number() {
            return number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
