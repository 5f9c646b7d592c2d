package io.github.presence4j.redis;

import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a caller is told when Redis or the way to it fails (E2, E6). */
final class Failures {
    /** Replies that say not now, rather than not so: the server loads, fails over, is full or cannot write. */
    private static final Set<String> FOR_NOW = Set.of(
            "BUSY", "CLUSTERDOWN", "LOADING", "MASTERDOWN", "MISCONF", "NOREPLICAS", "OOM", "READONLY", "TRYAGAIN");

    private Failures() {}

    static <T extends @Nullable Object> CompletionStage<T> translated(CompletionStage<T> call) {
        return call.handle((answer, failure) -> {
            if (failure != null) {
                throw translate(failure);
            }
            return answer;
        });
    }

    private static PresenceException translate(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof PresenceException ours) {
            return ours;
        }
        if (cause instanceof RedisCommandExecutionException) {
            String reply = String.valueOf(cause.getMessage());
            return FOR_NOW.contains(reply.split(" ", 2)[0])
                    ? new PresenceUnavailableException("Redis cannot do it now: " + reply, cause)
                    : new PresenceException("Redis refuses: " + reply, cause);
        }
        if (cause instanceof RedisException || cause instanceof CancellationException || cause instanceof IOException) {
            return new PresenceUnavailableException(
                    "Redis is out of reach: " + message(cause)
                            + ". The call may have taken effect; touch, leave and reset may be repeated.",
                    cause);
        }
        return new PresenceException("The Redis client failed; the cause says how.", cause);
    }

    private static @Nullable String message(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
