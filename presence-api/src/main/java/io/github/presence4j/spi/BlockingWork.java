package io.github.presence4j.spi;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work of a store that waits for a client, such as a transaction. See {@link BlockingCalls}.
 *
 * @param <T> the type of the result; may be nullable
 */
@FunctionalInterface
public interface BlockingWork<T extends @Nullable Object> {

    /**
     * Does the work, on a worker thread. May block.
     *
     * @param call lets the work notice that the caller has given it up
     * @return the result
     * @throws Exception if the work fails; an exception of the client may be thrown as it is
     */
    T run(BlockingCall call) throws Exception;
}
