package io.github.presence4j.spi;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Failures of futures and completion stages. */
public final class AsyncFailures {

    /** Longer chains of causes are cut, as they may be circular. */
    private static final int MAX_CAUSES = 20;

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

    /**
     * Finds the first that fulfils a condition, of a failure and its causes. Looks at 20 of them at most.
     *
     * @param failure the failure
     * @param condition tests the failure and each of its causes
     * @return the first match; null if there is none
     */
    public static @Nullable Throwable findCause(Throwable failure, Predicate<? super Throwable> condition) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (condition.test(cause)) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure.getClass() == CompletionException.class || failure.getClass() == ExecutionException.class;
    }
}
