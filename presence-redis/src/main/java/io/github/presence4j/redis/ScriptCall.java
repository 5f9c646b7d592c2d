package io.github.presence4j.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a script. Sends the script in full the first time on a connection, so that no later call overtakes it, then its
 * digest. Sends it again, in another form, after two kinds of refusal:
 *
 * <ul>
 *   <li>The server does not know the script (after SCRIPT FLUSH): in full.
 *   <li>The slot is being moved, and a named key is absent: with {@code meta} alone. Every script of a cell also accepts that,
 *       and derives the other keys. If that is refused too, the keys of the cell are currently on two nodes.
 * </ul>
 *
 * <p>If the call is given up, cancels the command under way: Lettuce must not send it again (O3). This is one object for all
 * steps, since every touch needs one.
 */
final class ScriptCall<T> extends CompletableFuture<T> implements BiConsumer<T, @Nullable Throwable> {
    private final Script script;
    private final RedisClusterAsyncCommands<String, String> redis;
    private final @Nullable ServerState node;
    private final @Nullable CellKeys cell;
    private final String[] args;
    private String[] keys;
    private boolean isInFull;
    private boolean isMetaOnly;
    private volatile @Nullable CompletionStage<T> command;

    private ScriptCall(
            Script script,
            RedisClusterAsyncCommands<String, String> redis,
            @Nullable ServerState node,
            String[] keys,
            @Nullable CellKeys cell,
            String[] args) {
        this.script = script;
        this.redis = redis;
        this.node = node;
        this.keys = keys;
        this.cell = cell;
        this.args = args;
    }

    /** Sends the script. {@code cell} is null for a script that is not one of a cell. */
    static <T> CompletableFuture<T> send(
            Script script,
            RedisClusterAsyncCommands<String, String> redis,
            @Nullable ServerState node,
            String[] keys,
            @Nullable CellKeys cell,
            String[] args) {
        ScriptCall<T> call = new ScriptCall<>(script, redis, node, keys, cell, args);
        call.await(call.first());
        return call;
    }

    private CompletionStage<T> first() {
        return node != null && node.learns(script.sha()) ? inFull() : byDigest();
    }

    private CompletionStage<T> byDigest() {
        isInFull = false;
        return redis.evalsha(script.sha(), ScriptOutputType.MULTI, keys, args);
    }

    private CompletionStage<T> inFull() {
        isInFull = true;
        return redis.eval(script.text(), ScriptOutputType.MULTI, keys, args);
    }

    /** Returns the command to send after a refusal; null if the call has failed. */
    private @Nullable CompletionStage<T> after(Throwable refusal) {
        if (refusal instanceof RedisNoScriptException && !isInFull) {
            if (node != null) {
                node.forgetScripts();
                node.learns(script.sha());
            }
            return inFull();
        }
        if (cell != null && !isMetaOnly && RedisErrors.isTryAgain(refusal)) {
            isMetaOnly = true;
            keys = cell.metaOnly();
            return first();
        }
        return null;
    }

    private void await(CompletionStage<T> sent) {
        command = sent;
        if (isDone()) { // it was given up before the line above
            cancelCommand();
        }
        sent.whenComplete(this);
    }

    @Override
    public void accept(T answer, @Nullable Throwable failure) {
        if (failure == null) {
            complete(answer);
        } else if (!isDone()) {
            fail(failure);
        }
    }

    private void fail(Throwable failure) {
        try {
            CompletionStage<T> next = after(failure);
            if (next == null) {
                super.completeExceptionally(failure);
            } else {
                await(next);
            }
        } catch (RuntimeException | Error e) {
            super.completeExceptionally(e);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        cancelCommand();
        return cancelled;
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        boolean failed = super.completeExceptionally(failure);
        cancelCommand();
        return failed;
    }

    private void cancelCommand() {
        CompletionStage<T> sent = command;
        if (sent != null && !sent.toCompletableFuture().isDone()) {
            sent.toCompletableFuture().cancel(true);
        }
    }
}
