package io.github.presence4j;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A session that heartbeats by itself until it is closed, and then leaves.
 *
 * <p>Beats come at about a third of the TTL, for all leases of a topic in one call, so two beats in a row may be lost before
 * anybody drops out. A store that is out of reach is tried again until it is back. If the process dies, the beats stop and
 * the session lapses with the TTL. Thread-safe.
 */
public final class Lease implements AutoCloseable {
    private final Touch touch;
    private final String session;
    private final Consumer<Lease> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(Touch touch, Consumer<Lease> onClose) {
        this.touch = touch;
        this.session = Objects.requireNonNull(touch.session(), "session");
        this.onClose = onClose;
    }

    Touch touch() {
        return touch;
    }

    boolean sameSession(Lease other) {
        return member().equals(other.member()) && session.equals(other.session);
    }

    /** {@return who is held} */
    public String member() {
        return touch.member();
    }

    /** {@return the session that beats; made up, and unique, if none was named} */
    public String session() {
        return session;
    }

    /**
     * Ends the beats and leaves. Idempotent. Waits for the store at most the configured timeout; if the store cannot be
     * reached the failure is logged, and the session lapses with the TTL.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onClose.accept(this);
        }
    }
}
