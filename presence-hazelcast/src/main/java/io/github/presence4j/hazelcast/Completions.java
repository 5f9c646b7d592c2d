package io.github.presence4j.hazelcast;

import com.hazelcast.internal.util.ConcurrencyUtil;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What Hazelcast completes its futures by where nobody says. On two processors or fewer that is a new thread each time, as the common
 * pool is too small to be trusted with what may block; here it is a thread that is used again. There are as many as are busy at
 * once, so whatever an application gives Hazelcast to run goes on as before.
 */
final class Completions extends ThreadPoolExecutor {
    private static final int IDLE_SECONDS = 10;

    private Completions() {
        super(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Completions::thread);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "presence-hazelcast-completions");
        thread.setDaemon(true);
        return thread;
    }

    /** Leaves alone what is not a thread each time, or was set already. */
    static void reuseThreads() {
        if (ForkJoinPool.getCommonPoolParallelism() <= 1
                && !(ConcurrencyUtil.getDefaultAsyncExecutor() instanceof ThreadPoolExecutor)) {
            ConcurrencyUtil.setDefaultAsyncExecutor(new Completions());
        }
    }
}
