package io.github.presence4j.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows a command by another one if it fails in a certain way. If the result is cancelled or failed first, because its call was
 * given up, cancels the command under way: Lettuce must not send it again (O3). One object for each command, since each costs.
 */
final class FallbackCommand<T> extends CompletableFuture<T> implements BiConsumer<T, @Nullable Throwable> {
    private final Predicate<Throwable> isWorthASecond;
    private final Supplier<CompletionStage<T>> second;
    private volatile CompletableFuture<T> command;
    private boolean isSecond;

    private FallbackCommand(
            CompletableFuture<T> first, Predicate<Throwable> isWorthASecond, Supplier<CompletionStage<T>> second) {
        this.command = first;
        this.isWorthASecond = isWorthASecond;
        this.second = second;
    }

    static <T> CompletableFuture<T> of(
            CompletionStage<T> first, Predicate<Throwable> isWorthASecond, Supplier<CompletionStage<T>> second) {
        FallbackCommand<T> result = new FallbackCommand<>(first.toCompletableFuture(), isWorthASecond, second);
        first.whenComplete(result);
        return result;
    }

    @Override
    public void accept(T answer, @Nullable Throwable failure) {
        if (failure == null) {
            complete(answer);
        } else if (isSecond || isDone() || !isWorthASecond.test(failure)) {
            super.completeExceptionally(failure);
        } else {
            isSecond = true;
            trySecond();
        }
    }

    private void trySecond() {
        try {
            CompletionStage<T> sent = second.get();
            command = sent.toCompletableFuture();
            if (isDone()) { // it was given up before the line above
                cancelCommand();
            }
            sent.whenComplete(this);
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
        if (!command.isDone()) {
            command.cancel(true);
        }
    }
}
