package io.github.presence4j;

/** A registration that stays active until it is closed. Thread-safe. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    /** Ends the registration. Idempotent, does not block, and may be called from within the listener. */
    @Override
    void close();
}
