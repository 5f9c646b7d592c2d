package io.github.presence4j.spi;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that do not keep a JVM alive. */
final class DaemonThreads {
    private static final int IDLE_SECONDS = 10;

    private DaemonThreads() {}

    /** Returns a pool whose threads end when they are idle. {@code rejected} receives what comes after its end. */
    static ThreadPoolExecutor pool(String name, int threads, RejectedExecutionHandler rejected) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name), rejected);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, "presence-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
