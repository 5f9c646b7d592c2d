package io.github.presence4j.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Follows a command by another one if it fails in a certain way. If the result is cancelled or failed first, because its call was
 * given up, cancels the command under way: Lettuce must not send it again (O3).
 */
final class FallbackCommand {
    private FallbackCommand() {}

    static <T> CompletableFuture<T> of(
            CompletionStage<T> first, Predicate<Throwable> isWorthASecond, Supplier<CompletionStage<T>> second) {
        CompletableFuture<T> result = new CompletableFuture<>();
        bind(result, first.toCompletableFuture()).whenComplete((answer, failure) -> {
            if (failure == null) {
                result.complete(answer);
            } else if (result.isDone() || !isWorthASecond.test(failure)) {
                result.completeExceptionally(failure);
            } else {
                bind(result, second.get().toCompletableFuture()).whenComplete((again, failedAgain) -> {
                    if (failedAgain == null) {
                        result.complete(again);
                    } else {
                        result.completeExceptionally(failedAgain);
                    }
                });
            }
        });
        return result;
    }

    private static <T> CompletableFuture<T> bind(CompletableFuture<T> result, CompletableFuture<T> command) {
        result.whenComplete((answer, failure) -> {
            if (!command.isDone()) {
                command.cancel(true);
            }
        });
        return command;
    }
}
