package io.github.presence4j.benchmarks.load;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A closed loop: a thread always has the same number of calls under way. */
public final class ClosedLoop implements BiConsumer<@Nullable Object, @Nullable Throwable> {
    private final int size;
    private final Semaphore free;
    private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();

    /**
     * An empty window.
     *
     * @param size how many calls it holds
     */
    public ClosedLoop(int size) {
        this.size = size;
        this.free = new Semaphore(size);
    }

    /**
     * Begins a call as soon as another one of the window has ended.
     *
     * @param call what to begin
     */
    public void begin(Supplier<? extends CompletionStage<?>> call) {
        free.acquireUninterruptibly();
        call.get().whenComplete(this);
    }

    @Override
    public void accept(@Nullable Object answer, @Nullable Throwable failure) {
        if (failure != null) {
            failed.compareAndSet(null, failure);
        }
        free.release();
    }

    /** Waits for what is under way; a contestant that fails is not measured. */
    public void drain() {
        free.acquireUninterruptibly(size);
        free.release(size);
        Throwable failure = failed.get();
        if (failure != null) {
            throw new IllegalStateException("A call failed, so its throughput means nothing", failure);
        }
    }
}
