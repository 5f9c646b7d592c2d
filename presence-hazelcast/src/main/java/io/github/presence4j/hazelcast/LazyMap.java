package io.github.presence4j.hazelcast;

import com.hazelcast.map.IMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One map of the cluster. Its proxy is created in the background, because that can block for minutes without a cluster. Until
 * then calls wait, and also while there is no connection; after that they are sent in their order of arrival (O1). Thread-safe.
 */
final class LazyMap {
    private final Opener opener;
    private final Executor executor;
    private final BooleanSupplier isUp;
    /** In their order of arrival. Each call that ends removes itself. */
    private final Set<OwnerCall<?, ?>> waiting = new LinkedHashSet<>();

    private boolean opening;
    /** Null while calls wait. */
    private volatile @Nullable IMap<String, StoredValue> map;

    /** Creates the proxy. */
    @FunctionalInterface
    interface Opener {
        /** Returns the proxy, or null if there is no connection yet. May block. */
        @Nullable
        IMap<String, StoredValue> open(String key) throws Exception;
    }

    LazyMap(Opener opener, BooleanSupplier isUp, Executor executor) {
        this.opener = opener;
        this.isUp = isUp;
        this.executor = executor;
    }

    /** Sends a call at once, or when the proxy exists and there is a connection. */
    void send(OwnerCall<?, ?> call) {
        IMap<String, StoredValue> ready = map;
        if (ready != null && isUp.getAsBoolean()) {
            call.send(ready);
            return;
        }
        String key = wait(call);
        call.handle((reply, failure) -> remove(call));
        if (key != null) {
            begin(key);
        }
    }

    /** Tries again to send the calls that wait, if there are any. */
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

    /** Returns the key to open with, or null if no call waits or opening is under way. */
    private synchronized @Nullable String waitingKey() {
        Iterator<OwnerCall<?, ?>> first = waiting.iterator();
        return first.hasNext() ? keyToOpen(first.next()) : null;
    }

    private synchronized @Nullable String wait(OwnerCall<?, ?> call) {
        waiting.add(call);
        map = null;
        return keyToOpen(call);
    }

    private @Nullable String keyToOpen(OwnerCall<?, ?> call) {
        if (opening || !isUp.getAsBoolean()) {
            return null;
        }
        opening = true;
        return call.key();
    }

    private synchronized boolean remove(OwnerCall<?, ?> call) {
        return waiting.remove(call);
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

    /** Takes the next call to send. Returns null if none is left, or if the others must wait because the connection was lost. */
    private synchronized @Nullable OwnerCall<?, ?> takeOrFinish(IMap<String, StoredValue> opened) {
        Iterator<OwnerCall<?, ?>> first = waiting.iterator();
        if (!first.hasNext()) {
            map = opened;
            opening = false;
            return null;
        }
        if (!isUp.getAsBoolean()) {
            opening = false;
            return null;
        }
        OwnerCall<?, ?> next = first.next();
        first.remove();
        return next;
    }

    /** Fails all waiting calls. The next call tries again to create the proxy. */
    private void fail(Throwable failure) {
        takeAll().forEach(call -> call.fail(failure));
    }

    private synchronized List<OwnerCall<?, ?>> takeAll() {
        List<OwnerCall<?, ?>> all = new ArrayList<>(waiting);
        waiting.clear();
        opening = false;
        return all;
    }
}
