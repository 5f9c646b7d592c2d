package io.github.presence4j.hazelcast;

import com.hazelcast.internal.util.ConcurrencyUtil;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * The default executor by which Hazelcast completes its futures. On two processors or fewer, Hazelcast starts a new thread for
 * each; this class sets a pool that reuses threads. Hazelcast has one such setting for all its instances, which outlives every
 * store. So the pool consists of JDK classes only, its daemon threads end when idle, and it holds no class or class loader of the
 * application.
 *
 * <p>The pool has as many threads as Hazelcast would use on nine processors, and more only while some of them wait in a future.
 */
final class DefaultAsyncExecutor {
    private static final int THREADS = 8;
    private static final int MAX_THREADS = 256;
    private static final int IDLE_SECONDS = 10;

    private DefaultAsyncExecutor() {}

    /** Sets the pool, unless the setting has been changed already or does not start a thread for each future. */
    static void reuse() {
        if (ForkJoinPool.getCommonPoolParallelism() <= 1
                && !(ConcurrencyUtil.getDefaultAsyncExecutor() instanceof ExecutorService)) {
            ConcurrencyUtil.setDefaultAsyncExecutor(new ForkJoinPool(
                    THREADS,
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
