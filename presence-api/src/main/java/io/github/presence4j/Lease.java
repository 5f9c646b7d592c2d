package io.github.presence4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session that heartbeats by itself until it is closed, and then leaves.
 *
 * <p>Beats are sent at about a third of the TTL, for many leases of a topic in one call, so two beats in a row may be lost before
 * the session expires. While the store is out of reach the beats are retried about every second. If the process dies, the beats
 * stop and the session expires with the TTL.
 *
 * <p>A lease may also end without being closed: {@link #state} reports that, and {@link #onEnd} calls a listener. It then sends no
 * more beats. A reset of the topic ends no lease: the next beat brings the member back.
 *
 * <p>Thread-safe.
 */
public final class Lease implements AutoCloseable {
    private final Touch touch;
    private final String session;
    private final long ttlNanos;
    private final Consumer<Lease> onClose;
    private final Executor callbacks;
    private final List<Consumer<? super State>> listeners = new ArrayList<>();
    private volatile @Nullable State end;
    private volatile boolean confirmed;
    private volatile long confirmedAt;

    /** Whether a lease holds its session. */
    public enum State {
        /** The store confirmed a beat within the last TTL: the session is live. */
        HELD,

        /**
         * The store has confirmed no beat yet, or none within the last TTL, as in an outage. Beats are retried about every second;
         * with the first that succeeds the lease holds its session again.
         */
        UNCONFIRMED,

        /**
         * Ended: the session left by another call, for example {@code leave(member)} in another process, or had left within the last
         * TTL when it was to be held. To hold the member again, hold a session with another name.
         */
        ENDED_ELSEWHERE,

        /** Ended: the session had expired during an outage, and a bound of the store refused to begin it again. */
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

    /** {@return who is held} */
    public String member() {
        return touch.member();
    }

    /** {@return the session that beats; made up, and unique, if none was named} */
    public String session() {
        return session;
    }

    /** {@return whether the lease holds its session now, or why it has ended} No I/O. */
    public State state() {
        State ended = end;
        if (ended != null) {
            return ended;
        }
        return confirmed && ticks() - confirmedAt <= ttlNanos ? State.HELD : State.UNCONFIRMED;
    }

    /**
     * Calls a listener once, when the lease has ended: at once if it has already. The call is made on the listener executor (see
     * {@link PresenceConfig}), so the listener may block.
     *
     * @param listener gets {@link State#ENDED_ELSEWHERE}, {@link State#REFUSED} or {@link State#CLOSED}; what it throws is logged
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
     * Ends the beats and leaves, unless another lease of this {@link Presence} holds the same session. Idempotent; does nothing if
     * the lease has ended already. Waits for the store at most the configured timeout; if the store cannot be reached the failure is
     * logged, and the session expires with the TTL.
     */
    @Override
    public void close() {
        if (end(State.CLOSED)) {
            onClose.accept(this);
        }
    }

    /** The time for {@link #confirm}: a lease judges by it whether its last confirmed beat is older than the TTL. */
    static long ticks() {
        return ProcessClock.nanoTime();
    }

    /** A beat that was sent at this time by {@link #ticks} took effect. */
    void confirm(long sentAt) {
        confirmedAt = sentAt;
        confirmed = true;
    }

    /** Returns whether this call ended the lease; nothing ends it twice. */
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
