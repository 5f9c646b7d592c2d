package io.github.presence4j.sharding;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that is made when another one has succeeded. A cancellation returns only when the call was cancelled or can no longer be
 * made. So what the caller sends after that comes after the call, also if another thread was just making it (O2).
 *
 * @param <R> of the answer
 */
final class LaterCall<R> extends CompletableFuture<R> {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletionStage<R> made;

    static <R> LaterCall<R> after(CompletionStage<?> first, Supplier<CompletionStage<R>> call) {
        LaterCall<R> later = new LaterCall<>();
        first.whenComplete((answer, failure) -> {
            if (failure == null) {
                later.make(call);
            } else {
                later.completeExceptionally(failure);
            }
        });
        return later;
    }

    private void make(Supplier<CompletionStage<R>> call) {
        CompletionStage<R> begun;
        lock.lock();
        try {
            if (isDone()) {
                return;
            }
            begun = call.get();
            made = begun;
        } catch (RuntimeException | Error e) {
            completeExceptionally(e);
            return;
        } finally {
            lock.unlock();
        }
        Stages.complete(this, begun);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        lock.lock();
        try {
            if (cancelled && made != null) {
                made.toCompletableFuture().cancel(mayInterruptIfRunning);
            }
        } finally {
            lock.unlock();
        }
        return cancelled;
    }
}
