package io.github.presence4j.hazelcast;

import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a caller is told when the cluster or the way to it fails (E2, E6). */
final class Failures {
    private Failures() {}

    static PresenceException translate(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof PresenceException ours) {
            return ours;
        }
        if (isUnknownClass(cause)) {
            return new PresenceException(
                    "The Hazelcast members do not know presence4j: put presence-hazelcast, presence-cell and presence-api, of this"
                            + " version, on the class path of every member.",
                    cause);
        }
        return new PresenceUnavailableException(
                "The Hazelcast cluster is out of reach: " + cause
                        + ". The call may have taken effect; touch, leave and reset may be repeated.",
                cause);
    }

    private static boolean isUnknownClass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HazelcastSerializationException || cause instanceof ClassNotFoundException) {
                return true;
            }
        }
        return false;
    }
}
