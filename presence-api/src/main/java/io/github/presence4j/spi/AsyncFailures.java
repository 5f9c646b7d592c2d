package io.github.presence4j.spi;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Failures of futures and completion stages. */
public final class AsyncFailures {

    private AsyncFailures() {}

    /**
     * Removes the wrappers that futures and completion stages put around a failure. A subclass of
     * {@link ExecutionException} is the failure itself: Hazelcast, for example, has one for a lost member.
     *
     * @param failure the exception of a future or stage
     * @return the first cause that is neither a {@link CompletionException} nor an {@link ExecutionException}, or the
     *     innermost of these if it has no cause
     */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (isWrapper(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure.getClass() == CompletionException.class || failure.getClass() == ExecutionException.class;
    }
}
