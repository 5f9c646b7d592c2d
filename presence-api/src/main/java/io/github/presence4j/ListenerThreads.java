package io.github.presence4j;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the listeners of one {@link Presence}: started on demand, at most {@link #MAX}, ended when idle (B5). A listener
 * has at most one task here, so the queue is bounded by the number of listeners.
 */
final class ListenerThreads extends ThreadPoolExecutor {
    static final int MAX = 64;
    private static final int IDLE_SECONDS = 10;

    ListenerThreads(ThreadFactory factory) {
        super(
                MAX,
                MAX,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                factory,
                new ThreadPoolExecutor.DiscardPolicy());
        allowCoreThreadTimeOut(true);
    }

    /** Runs a task. If no further thread can be started, leaves the task to the existing ones. */
    @Override
    public void execute(Runnable task) {
        try {
            super.execute(task);
        } catch (OutOfMemoryError e) {
            if (getPoolSize() == 0) {
                throw e;
            }
            getQueue().add(task);
            if (getPoolSize() == 0 && remove(task)) {
                throw e;
            }
        }
    }
}
