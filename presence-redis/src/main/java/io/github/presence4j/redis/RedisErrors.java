package io.github.presence4j.redis;

import io.github.presence4j.PresenceCapacityException;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.spi.AsyncFailures;
import io.github.presence4j.spi.DependentStage;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps failures of Redis and of its connections to the exceptions that callers receive (E2, E6). */
final class RedisErrors {
    /** The error replies that are temporary: the server is loading, failing over, full, moving slots or unable to write. */
    private static final Set<String> TRANSIENT_ERRORS = Set.of(
            "ASK",
            "BUSY",
            "CLUSTERDOWN",
            "LOADING",
            "MASTERDOWN",
            "MISCONF",
            "MOVED",
            "NOREPLICAS",
            "OOM",
            "READONLY",
            "TRYAGAIN");

    /** The error replies by which a server refuses a connection until the configuration is changed. */
    private static final Set<String> REFUSALS = Set.of("DENIED", "NOAUTH", "NOPERM", "WRONGPASS");

    /** The error replies after which the command was not executed, and succeeds soon here or on another server. */
    private static final Set<String> PASSING = Set.of("ASK", "CLUSTERDOWN", "MOVED", "TRYAGAIN");

    /**
     * The form in which Redis 6 wraps the error of a command in a script: {@code ERR Error running script (...): ...: -OOM
     * command ...}.
     */
    private static final Pattern WITHIN_SCRIPT = Pattern.compile("^ERR .*?: -([A-Z]+) ", Pattern.DOTALL);

    private RedisErrors() {}

    static <T extends @Nullable Object> CompletionStage<T> translated(CompletionStage<T> call) {
        return translated(call, answer -> answer);
    }

    /** Parses the answer of a call, or translates its failure. Exceptions of the parser are not translated. */
    static <T extends @Nullable Object, R extends @Nullable Object> CompletionStage<R> translated(
            CompletionStage<T> call, Function<? super T, ? extends R> parser) {
        return DependentStage.of(call, parser, RedisErrors::translate);
    }

    /** Returns the first word of an error reply, also of an error in a script; empty for other failures. */
    private static String kind(Throwable failure) {
        Throwable cause = AsyncFailures.unwrap(failure);
        if (!(cause instanceof RedisCommandExecutionException)) {
            return "";
        }
        String reply = String.valueOf(cause.getMessage());
        Matcher wrapped = WITHIN_SCRIPT.matcher(reply);
        return wrapped.find() ? wrapped.group(1) : reply.split(" ", 2)[0];
    }

    /** Returns whether the failure is a reply of the server. */
    static boolean isReply(Throwable failure) {
        return !kind(failure).isEmpty();
    }

    static boolean isReadOnly(Throwable failure) {
        return kind(failure).equals("READONLY");
    }

    /** Returns whether the command may be sent again, because no server executed it. */
    static boolean isPassing(Throwable failure) {
        return PASSING.contains(kind(failure));
    }

    /** Returns whether the slot is being moved and some of the named keys are not on this node. */
    static boolean isTryAgain(Throwable failure) {
        return kind(failure).equals("TRYAGAIN");
    }

    /** Returns whether Lettuce refused a command because there is no connection at the moment. */
    static boolean isRejected(Throwable failure) {
        Throwable cause = AsyncFailures.unwrap(failure);
        return cause instanceof RedisException
                && String.valueOf(cause.getMessage()).startsWith("Currently not connected");
    }

    /** Returns the failure of a future that has failed. */
    static Throwable of(CompletableFuture<?> failed) {
        try {
            failed.join();
            return new IllegalStateException("has not failed");
        } catch (CompletionException | CancellationException e) {
            return AsyncFailures.unwrap(e);
        }
    }

    static PresenceException tooManyUnderWay(int limit) {
        return new PresenceCapacityException("Limit of " + limit + " commands under way to Redis reached: a command"
                + " waited behind them for as long as its caller does, and was not sent. Make fewer calls at once, use bulk"
                + " calls, or raise the timeout.");
    }

    static PresenceException tooManyWaiting(int limit) {
        return new PresenceCapacityException(
                "Limit of " + limit + " commands waiting for Redis reached: a command was not"
                        + " sent. Make fewer calls at once, or use bulk calls.");
    }

    static PresenceException stillConnecting() {
        return new PresenceUnavailableException(
                "Still connecting to Redis; the call was not sent. Check that Redis runs and can be reached.", null);
    }

    static PresenceException noAnswers() {
        return new PresenceUnavailableException(
                "Redis does not answer. A change may have taken effect; touch, leave and reset may be repeated.", null);
    }

    static PresenceException linkLost() {
        return new PresenceUnavailableException(
                "The connection to Redis was lost. A change may have taken effect; touch, leave and reset may be repeated.",
                null);
    }

    private static PresenceException translate(Throwable failure) {
        Throwable cause = AsyncFailures.unwrap(failure);
        if (cause instanceof PresenceException ours) {
            return ours;
        }
        if (cause instanceof RedisCommandExecutionException) {
            String reply = String.valueOf(cause.getMessage());
            return TRANSIENT_ERRORS.contains(kind(cause))
                    ? new PresenceUnavailableException("Redis cannot do it now: " + reply, cause)
                    : new PresenceException("Redis refuses: " + reply, cause);
        }
        if (String.valueOf(cause.getMessage()).contains("size exceeded")) {
            return new PresenceCapacityException(
                    "Limit requestQueueSize of the Lettuce client reached: " + cause.getMessage());
        }
        Throwable refusal = AsyncFailures.findCause(cause, link -> REFUSALS.contains(kind(link)));
        if (refusal != null) {
            return new PresenceException("Redis refuses the connection: " + refusal.getMessage(), cause);
        }
        if (cause instanceof RedisException || cause instanceof CancellationException || cause instanceof IOException) {
            return new PresenceUnavailableException(
                    "Redis is out of reach: " + message(cause)
                            + ". A change may have taken effect; touch, leave and reset may be repeated.",
                    cause);
        }
        return new PresenceException("The Redis client failed; the cause says how.", cause);
    }

    private static @Nullable String message(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
