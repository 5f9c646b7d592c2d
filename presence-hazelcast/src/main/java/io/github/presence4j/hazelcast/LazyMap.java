package io.github.presence4j.hazelcast;

import com.hazelcast.map.IMap;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One map of the cluster. Its proxy is created in the background, because that can block for minutes without a cluster. Until
 * then calls wait; after that they are sent in their order of arrival (O1). Thread-safe.
 */
final class LazyMap {
    private final Opener opener;
    private final Executor executor;
    private final Queue<OwnerCall<?, ?>> waiting = new ArrayDeque<>();
    private boolean opening;
    private volatile @Nullable IMap<String, StoredValue> map;

    /** Creates the proxy. */
    @FunctionalInterface
    interface Opener {
        /** Returns the proxy, or null if there is no connection yet. May block. */
        @Nullable
        IMap<String, StoredValue> open(String key) throws Exception;
    }

    LazyMap(Opener opener, Executor executor) {
        this.opener = opener;
        this.executor = executor;
    }

    /** Sends a call at once, or when the proxy exists. */
    void send(OwnerCall<?, ?> call) {
        IMap<String, StoredValue> ready = map;
        if (ready != null) {
            call.send(ready);
        } else {
            String key = wait(call);
            if (key != null) {
                begin(key);
            }
        }
    }

    /** Tries again to create the proxy, if calls wait for it. */
    void tryAgain() {
        String key = waitingKey();
        if (key != null) {
            begin(key);
        }
    }

    private void begin(String key) {
        try {
            executor.execute(() -> open(key));
        } catch (RejectedExecutionException e) {
            fail(e);
        }
    }

    /** Drops waiting calls that have failed. Returns the key to open with, or null if no call waits or opening is under way. */
    private synchronized @Nullable String waitingKey() {
        waiting.removeIf(OwnerCall::isDone);
        OwnerCall<?, ?> first = waiting.peek();
        if (opening || first == null) {
            return null;
        }
        opening = true;
        return first.key();
    }

    private synchronized @Nullable String wait(OwnerCall<?, ?> call) {
        waiting.add(call);
        if (opening) {
            return null;
        }
        opening = true;
        return call.key();
    }

    private void open(String key) {
        try {
            IMap<String, StoredValue> opened = opener.open(key);
            if (opened == null) {
                postpone();
                return;
            }
            OwnerCall<?, ?> next = takeOrFinish(opened);
            while (next != null) {
                next.send(opened);
                next = takeOrFinish(opened);
            }
        } catch (Throwable e) { // after any failure, no call may wait for ever
            fail(e);
        }
    }

    private synchronized void postpone() {
        opening = false;
    }

    private synchronized @Nullable OwnerCall<?, ?> takeOrFinish(IMap<String, StoredValue> opened) {
        OwnerCall<?, ?> next = waiting.poll();
        if (next == null) {
            map = opened;
            opening = false;
        }
        return next;
    }

    /** Fails all waiting calls. The next call tries again to create the proxy. */
    private void fail(Throwable failure) {
        takeAll().forEach(call -> call.fail(failure));
    }

    private synchronized Queue<OwnerCall<?, ?>> takeAll() {
        Queue<OwnerCall<?, ?>> all = new ArrayDeque<>(waiting);
        waiting.clear();
        opening = false;
        return all;
    }
}
