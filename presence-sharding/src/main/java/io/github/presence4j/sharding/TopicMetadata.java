package io.github.presence4j.sharding;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a sharded topic has only once, in one place: the generation of its cells, and its TTL. Linearizable. A reset is a new
 * generation, made at one moment (G3).
 */
public interface TopicMetadata {

    /**
     * The state that the metadata holds.
     *
     * @param generation the generation; {@link Generation#FIRST} if the topic is not there
     * @param ttl the TTL that was recorded before the call, in milliseconds; {@link #NONE} if none was
     */
    record State(Generation generation, long ttl) {
        /** No TTL was recorded yet. */
        public static final long NONE = -1;
    }

    /** {@return the state} Changes nothing (R1). */
    CompletionStage<State> look();

    /** {@return the state} Keeps the topic for another TTL and a minute (G1). */
    CompletionStage<State> keep();

    /** {@return the state} As {@link #keep}, and records the TTL of the caller. */
    CompletionStage<State> record();

    /** {@return the state} For a watcher; keeps the topic for as long as its log, where that is needed. */
    CompletionStage<State> watch();

    /** {@return done, once the cells before it take no changes that count} Begins another generation. */
    CompletionStage<?> reset();

    /**
     * Begins another generation after a cell reported its generation stale, unless another one has begun. The metadata did
     * not say so: the process that reset the topic may have died, or the metadata was lost.
     *
     * @param over the stale generation
     * @return done
     */
    default CompletionStage<?> finish(Generation over) {
        return CompletableFuture.completedFuture(over);
    }

    /**
     * A call was made in a generation that is not the current one, and is repeated. It may have made cells of that generation again.
     *
     * @param generation the outdated one
     */
    default void leftBehind(Generation generation) {}

    /** {@return whether the cells of a generation refuse all calls once a reset that ended it is done} */
    default boolean endsCells() {
        return false;
    }
}
