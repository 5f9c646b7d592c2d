package io.github.presence4j.hazelcast;

import com.hazelcast.internal.util.ConcurrencyUtil;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;

/**
 * Hazelcast hands every answer to the JVM's common pool. Where that has but one thread, as on two processors, it starts a thread for
 * each answer instead, which takes longer than the call. Which executor the callers of a map name makes no difference.
 */
final class CommonPool {
    private static final ForkJoinPool SUBSTITUTE = new ForkJoinPool(2);

    private CommonPool() {}

    /** Gives Hazelcast a pool, as it has on a larger machine, unless it has one. For all its instances: it knows no other way. */
    static void require() {
        if (!(ConcurrencyUtil.getDefaultAsyncExecutor() instanceof ExecutorService)) {
            ConcurrencyUtil.setDefaultAsyncExecutor(SUBSTITUTE);
        }
    }
}
