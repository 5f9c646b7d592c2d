package io.github.presence4j.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A command that waits to be sent or answered. Completes with the reply or with the exception of Lettuce.
 *
 * @param <T> the type of the reply
 */
final class QueuedCommand<T> extends CompletableFuture<T> {
    private static final int MAX_SHIFT = 4;
    private static final long FIRST_PAUSE_MILLIS = 10;

    /** Ascending within the calls of one thread. */
    final long number;

    /** A key, or the common prefix of the keys of a cell. Calls with the same key are sent in the order of their numbers. */
    final String key;

    final long deadline;
    private final Sender<T> sender;
    private volatile @Nullable CompletableFuture<T> command;
    private int retries;

    QueuedCommand(long number, String key, long deadline, Sender<T> sender) {
        this.number = number;
        this.key = key;
        this.deadline = deadline;
        this.sender = sender;
    }

    /**
     * Sends a command.
     *
     * @param <T> the type of the reply
     */
    interface Sender<T> {
        CompletionStage<T> send(RedisClusterAsyncCommands<String, String> redis, @Nullable ServerState node);
    }

    /** Sends the command. Exceptions thrown by the sender become failures of the returned stage. */
    CompletableFuture<T> send(RedisClusterAsyncCommands<String, String> redis, @Nullable ServerState node) {
        CompletableFuture<T> sent;
        try {
            sent = sender.send(redis, node).toCompletableFuture();
        } catch (RuntimeException | Error e) {
            sent = CompletableFuture.failedFuture(e);
        }
        command = sent;
        return sent;
    }

    /** Ends a command that is under way, so that Lettuce does not send it again. */
    void abandon(RuntimeException reason) {
        CompletableFuture<T> sent = command;
        if (sent != null) {
            sent.completeExceptionally(reason);
        }
    }

    boolean isOverdue(long now) {
        return now - deadline >= 0;
    }

    /** Returns the pause before the command is sent again. It doubles with each retry, up to 160 ms. */
    long nextPauseMillis() {
        return FIRST_PAUSE_MILLIS << Math.min(retries++, MAX_SHIFT);
    }
}
