package io.github.presence4j.redis;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Scripts in a slot of a cluster that is being moved. Redis refuses a command there that names several keys of which one is absent.
 * Every script of a cell also takes {@code meta} alone, and finds the other keys by itself.
 */
final class MovedSlot {
    private MovedSlot() {}

    /**
     * Runs a script with {@code meta} alone if Redis refused it with all keys. If that is refused too, the keys of the cell are
     * on two nodes at the moment.
     */
    static <T> CompletionStage<T> orMetaOnly(
            CompletionStage<T> withAllKeys, Supplier<CompletionStage<T>> withMetaOnly) {
        return SecondTry.of(withAllKeys, Failures::isTryAgain, withMetaOnly);
    }
}
