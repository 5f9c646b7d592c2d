package io.github.presence4j.redis;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Runs scripts in a cluster slot that is being moved. There Redis refuses a command that names several keys of which one is
 * absent. Every script of a cell also accepts {@code meta} alone, and derives the other keys.
 */
final class MovedSlot {
    private MovedSlot() {}

    /**
     * Runs a script with {@code meta} alone if Redis refused it with all keys. If that is refused too, the keys of the cell
     * are currently on two nodes.
     */
    static <T> CompletionStage<T> orMetaOnly(
            CompletionStage<T> withAllKeys, Supplier<CompletionStage<T>> withMetaOnly) {
        return FallbackCommand.of(withAllKeys, RedisErrors::isTryAgain, withMetaOnly);
    }
}
