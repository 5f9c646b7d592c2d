package io.github.presence4j.hazelcast;

import com.hazelcast.map.IMap;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One map of the cluster. Its proxy is made by another thread than the caller's, as that can block for minutes without a cluster.
 * Until it is there calls wait, and then go on in the order in which they came (O1). Thread-safe.
 */
final class LazyMap {
    private final Opener opener;
    private final Executor executor;
    private final Queue<OwnerCall<?, ?>> waiting = new ArrayDeque<>();
    private boolean opening;
    private volatile @Nullable IMap<String, Stored> map;

    /** Makes the proxy. */
    @FunctionalInterface
    interface Opener {
        /** Returns the proxy, or null if it is not the time yet. May block. */
        @Nullable
        IMap<String, Stored> open(String key) throws Exception;
    }

    LazyMap(Opener opener, Executor executor) {
        this.opener = opener;
        this.executor = executor;
    }

    /** Sends a call now, or once the proxy is there. */
    void send(OwnerCall<?, ?> call) {
        IMap<String, Stored> ready = map;
        if (ready != null) {
            call.send(ready);
        } else {
            String key = wait(call);
            if (key != null) {
                begin(key);
            }
        }
    }

    /** While there is no connection. */
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

    /** Also forgets calls that have failed while they waited. Returns the key to open with if that is not under way. */
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
            IMap<String, Stored> opened = opener.open(key);
            if (opened == null) {
                postpone();
                return;
            }
            OwnerCall<?, ?> next = takeOrFinish(opened);
            while (next != null) {
                next.send(opened);
                next = takeOrFinish(opened);
            }
        } catch (Throwable e) { // whatever it is, no call may wait for ever
            fail(e);
        }
    }

    private synchronized void postpone() {
        opening = false;
    }

    private synchronized @Nullable OwnerCall<?, ?> takeOrFinish(IMap<String, Stored> opened) {
        OwnerCall<?, ?> next = waiting.poll();
        if (next == null) {
            map = opened;
            opening = false;
        }
        return next;
    }

    /** The next call tries again. */
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
