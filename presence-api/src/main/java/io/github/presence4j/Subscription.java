package io.github.presence4j;

/** A registration that stays active until it is closed. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    /** Ends it. Idempotent, does not block, may be called from within the listener. */
    @Override
    void close();
}
