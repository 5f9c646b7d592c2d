package io.github.presence4j.spi;

import io.github.presence4j.PresenceException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A call of {@link BlockingCalls}: the stage that its caller has, and the task of a worker. */
final class RunningCall<T extends @Nullable Object> extends CompletableFuture<T> implements BlockingCall, Runnable {
    private final BlockingCalls calls;
    private final BlockingWork<T> work;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock; null while no worker runs the work. */
    private @Nullable Thread worker;
    /** Guarded by the lock. */
    private @Nullable Stop stop;

    private volatile boolean givenUp;

    RunningCall(BlockingCalls calls, BlockingWork<T> work) {
        this.calls = calls;
        this.work = work;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        Runnable answer;
        try {
            T result = work.run(this);
            answer = () -> complete(result);
        } catch (Exception | Error e) {
            answer = () -> completeExceptionally(calls.translate(e));
        } finally {
            end();
        }
        if (!givenUp) {
            calls.answer(answer);
        }
    }

    private boolean begin() {
        lock.lock();
        try {
            worker = givenUp ? null : Thread.currentThread();
            return worker != null;
        } finally {
            lock.unlock();
        }
    }

    /** From here on the worker is not interrupted. Its pool clears an interrupt before the next task. */
    private void end() {
        lock.lock();
        try {
            worker = null;
            stop = null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void throwIfGivenUp() {
        if (givenUp) {
            throw new CancellationException("The call was given up");
        }
    }

    @Override
    public void onGiveUp(Stop action) {
        lock.lock();
        try {
            throwIfGivenUp();
            stop = action;
        } finally {
            lock.unlock();
        }
    }

    /** Stops the work, or keeps it from being started. The stage is not completed yet. */
    private void giveUp() {
        Stop action;
        lock.lock();
        try {
            if (givenUp) {
                return;
            }
            givenUp = true;
            if (worker != null && stop == null) {
                worker.interrupt();
            }
            action = stop;
        } finally {
            lock.unlock();
        }
        calls.givenUp(action == null ? null : () -> stop(action));
    }

    /** Stops the work if it still runs. The end of the work waits for this, so that no later work is stopped instead. */
    private void stop(Stop action) {
        lock.lock();
        try {
            if (worker != null) {
                action.stop();
            }
        } catch (Exception e) {
            calls.stopFailed(e);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the call up, and fails it elsewhere: what its caller attached may block. */
    void fail(PresenceException why) {
        giveUp();
        calls.answer(() -> completeExceptionally(why));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        giveUp();
        return super.cancel(mayInterruptIfRunning);
    }
}
