package io.github.presence4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session that is kept live by automatic heartbeats until the lease is closed. Returned by {@link PresenceTopic#hold(String)}.
 *
 * <p>Beats are sent at about a third of the TTL, so the session survives two lost beats in a row. Up to 1,000 leases of a topic
 * share one call. While the store is out of reach, the beats are retried about every second. If the process dies, the beats stop
 * and the session expires with the TTL.
 *
 * <p>A lease may also end without being closed: {@link #state} reports that, and {@link #onEnd} registers a listener for it. An
 * ended lease sends no more beats. A reset of the topic ends no lease: the next beat makes the member live again.
 *
 * <p>Thread-safe.
 */
public final class Lease implements AutoCloseable {
    private volatile Touch touch;
    private final String session;
    private final long ttlNanos;
    private final Consumer<Lease> onClose;
    private final Executor callbacks;
    private final List<Consumer<? super State>> listeners = new ArrayList<>();
    private volatile @Nullable State end;
    private volatile boolean confirmed;
    private volatile long confirmedAt;

    /** The states of a lease. The last three are final. */
    public enum State {
        /** The store confirmed a beat that was sent within the last TTL. */
        HELD,

        /**
         * The store has confirmed no beat yet, or none that was sent within the last TTL, for example during an outage. Beats are
         * retried about every second. The first one that succeeds returns the lease to {@link #HELD}.
         */
        UNCONFIRMED,

        /**
         * Ended: another call ended the session, for example {@code leave(member)} in another process. Also the state of a lease
         * whose session had left within the TTL before {@code hold}. To hold the member again, use another session name.
         */
        ENDED_ELSEWHERE,

        /** Ended: the session had expired during an outage, and a limit of the store refused to begin it again. */
        REFUSED,

        /** Ended by {@link Lease#close} or {@link Presence#close}. */
        CLOSED
    }

    Lease(Touch touch, long ttlNanos, Consumer<Lease> onClose, Executor callbacks) {
        this.touch = touch;
        this.session = Objects.requireNonNull(touch.session(), "session");
        this.ttlNanos = ttlNanos;
        this.onClose = onClose;
        this.callbacks = callbacks;
    }

    Touch touch() {
        return touch;
    }

    /** Beats with the data of a later lease of the same session from now on. Without data, keeps its own. */
    void sayAs(Touch later) {
        if (later.data() != null) {
            touch = later;
        }
    }

    /** {@return the id of the held member} */
    public String member() {
        return touch.member();
    }

    /** {@return the name of the held session; a random UUID if {@code hold} was given none} */
    public String session() {
        return session;
    }

    /** {@return whether the lease holds its session now, or why it has ended} Makes no call to the store. */
    public State state() {
        State ended = end;
        if (ended != null) {
            return ended;
        }
        return confirmed && ticks() - confirmedAt <= ttlNanos ? State.HELD : State.UNCONFIRMED;
    }

    /**
     * Registers a listener that is called once, when the lease has ended. If it has ended already, the listener is called at
     * once. The call runs on the listener executor (see {@link PresenceConfig.Builder#listenerExecutor}), so the listener may
     * block. Makes no call to the store.
     *
     * @param listener receives {@link State#ENDED_ELSEWHERE}, {@link State#REFUSED} or {@link State#CLOSED}; exceptions it throws
     *     are logged
     */
    public void onEnd(Consumer<? super State> listener) {
        Objects.requireNonNull(listener, "listener");
        State ended;
        synchronized (listeners) {
            ended = end;
            if (ended == null) {
                listeners.add(listener);
            }
        }
        if (ended != null) {
            call(listener, ended);
        }
    }

    /**
     * Stops the beats and ends the session, unless another lease of this {@link Presence} holds the same session. Idempotent;
     * does nothing if the lease has ended already. One round trip; waits for it at most the configured timeout. If the store
     * cannot be reached, the failure is logged and the session expires with the TTL.
     */
    @Override
    public void close() {
        if (end(State.CLOSED)) {
            onClose.accept(this);
        }
    }

    /** Returns the time to give to {@link #confirm}, in nanoseconds. Only differences have a meaning. */
    static long ticks() {
        return ProcessClock.nanoTime();
    }

    /** Records that the beat sent at this time, by {@link #ticks}, took effect. */
    void confirm(long sentAt) {
        confirmedAt = sentAt;
        confirmed = true;
    }

    /** Ends the lease, if it has not ended yet. Returns whether this call ended it. */
    boolean end(State state) {
        List<Consumer<? super State>> called;
        synchronized (listeners) {
            if (end != null) {
                return false;
            }
            end = state;
            called = List.copyOf(listeners);
            listeners.clear();
        }
        called.forEach(listener -> call(listener, state));
        return true;
    }

    private void call(Consumer<? super State> listener, State state) {
        callbacks.execute(() -> listener.accept(state));
    }
}
