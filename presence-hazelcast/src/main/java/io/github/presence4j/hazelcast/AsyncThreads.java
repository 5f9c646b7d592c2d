package io.github.presence4j.hazelcast;

import com.hazelcast.internal.util.ConcurrencyUtil;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * What Hazelcast completes its futures by where it is given no executor. On two processors or fewer that is a new thread each time;
 * here threads are used again. Hazelcast has one such setting for all its instances, which outlives every store: so it is a pool of the
 * JDK's alone, of daemon threads that end when they are idle, and holds no class and no class loader of the application's.
 */
final class AsyncThreads {
    private static final int MAX_THREADS = 256;
    private static final int IDLE_SECONDS = 10;

    private AsyncThreads() {}

    /** Leaves alone what is not a thread each time, or was set already. */
    static void reuse() {
        if (ForkJoinPool.getCommonPoolParallelism() <= 1
                && !(ConcurrencyUtil.getDefaultAsyncExecutor() instanceof ExecutorService)) {
            ConcurrencyUtil.setDefaultAsyncExecutor(new ForkJoinPool(
                    MAX_THREADS,
                    ForkJoinPool.defaultForkJoinWorkerThreadFactory,
                    null,
                    true,
                    0,
                    MAX_THREADS,
                    1,
                    null,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS));
        }
    }
}
