package io.github.presence4j.testkit;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** An executor of the application that can be full, like one with a bounded queue. */
final class RefusingExecutor implements Executor {
    private final Executor executor;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean full;

    RefusingExecutor(Executor executor) {
        this.executor = executor;
    }

    void fill() {
        full = true;
    }

    void empty() {
        full = false;
    }

    int refused() {
        return refused.get();
    }

    @Override
    public void execute(Runnable task) {
        if (full) {
            refused.incrementAndGet();
            throw new RejectedExecutionException("full, says the kit");
        }
        executor.execute(task);
    }
}
