package io.github.presence4j.redis;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Runs a step on one thread at a time, and again for each request that arrives while it runs. After some work, a thread leaves
 * the rest to an executor, since it may belong to a caller or a connection.
 */
final class SingleRunner {
    private static final System.Logger LOG = System.getLogger(SingleRunner.class.getName());
    private static final int MAX_WORK = 512;

    private final Executor executor;
    private final IntSupplier step;
    private final Runnable end;
    private final AtomicInteger requests = new AtomicInteger();

    /** Creates turns of {@code step}, which returns how much it did, 0 or more; {@code end} runs after the last turn. */
    SingleRunner(Executor executor, IntSupplier step, Runnable end) {
        this.executor = executor;
        this.step = step;
        this.end = end;
    }

    /** Runs the step. If another thread is running it, that thread runs it once more. */
    void take() {
        if (requests.getAndIncrement() == 0) {
            take(1);
        }
    }

    /** Requests one more turn; called by the step. */
    void again() {
        requests.incrementAndGet();
    }

    private void take(int begun) {
        int left = MAX_WORK;
        int taken = begun;
        do {
            left -= 1 + runStep();
            taken = requests.addAndGet(-taken);
            if (taken != 0 && left <= 0 && isHandedOver(taken)) {
                return;
            }
        } while (taken != 0);
        end.run();
    }

    private boolean isHandedOver(int taken) {
        try {
            executor.execute(() -> take(taken));
            return true;
        } catch (RejectedExecutionException shutDown) {
            return false;
        }
    }

    private int runStep() {
        try {
            return step.getAsInt();
        } catch (RuntimeException | Error e) { // a failed turn must not stop the next
            LOG.log(System.Logger.Level.WARNING, "A command to Redis could not be sent; continuing with the next", e);
            return 0;
        }
    }
}
