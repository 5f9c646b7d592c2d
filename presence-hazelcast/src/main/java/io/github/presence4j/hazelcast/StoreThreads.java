package io.github.presence4j.hazelcast;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a store, a fixed number (B5). Two complete answers, two run work that may block without a cluster, and one is
 * the timer, which never runs code that may block. All end with the store (G5).
 */
final class StoreThreads {
    private static final System.Logger LOG = System.getLogger(StoreThreads.class.getName());
    private static final int THREADS = 2;
    private static final Duration MIN_PERIOD = Duration.ofMillis(10);
    private static final Duration MAX_PERIOD = Duration.ofSeconds(1);

    /** Completes an answer after the end, which no caller waits for, on the thread where it arrives. */
    private final ThreadPoolExecutor answers = pool("presence-hazelcast-answers", (late, executor) -> late.run());

    private final ThreadPoolExecutor background =
            pool("presence-hazelcast-background", new ThreadPoolExecutor.AbortPolicy());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, daemons("presence-hazelcast-timer"), new ThreadPoolExecutor.DiscardPolicy());

    StoreThreads() {
        background.setKeepAliveTime(10, TimeUnit.SECONDS);
        background.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    private static ThreadPoolExecutor pool(String name, RejectedExecutionHandler rejected) {
        return new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name), rejected);
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Returns the executor that completes answers. */
    Executor answers() {
        return answers;
    }

    /** Returns the executor for work that may block. It rejects tasks after the end. */
    Executor background() {
        return background;
    }

    /** Repeats a task that does not block. A task that throws is logged and still repeated. */
    void repeat(Duration period, Runnable task) {
        Duration atLeast = period.compareTo(MIN_PERIOD) < 0 ? MIN_PERIOD : period;
        Duration pause = atLeast.compareTo(MAX_PERIOD) > 0 ? MAX_PERIOD : atLeast;
        timer.scheduleWithFixedDelay(() -> run(task), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "A periodic task of the Hazelcast store failed; repeating it", e);
        }
    }

    /** Ends the threads. Queued tasks still run; repeated tasks do not. */
    void close() {
        timer.shutdownNow();
        background.shutdown();
        answers.shutdown();
    }

    /** Waits for the current background work, after {@link #close}. */
    void awaitBackground(Duration patience) {
        try {
            boolean ended = background.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
            LOG.log(System.Logger.Level.DEBUG, "The background has ended: " + ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
