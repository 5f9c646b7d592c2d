package io.github.presence4j.sharding;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a sharded topic has only once, in one place: the generation of its cells, and its TTL. Thread-safe and linearizable. A
 * reset is a new generation, which begins at one moment (rule G3: a reset is atomic). Stages fail as those of {@link
 * io.github.presence4j.spi.TopicStore}.
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

    /** {@return the state} Changes nothing. One command. */
    CompletionStage<State> look();

    /** {@return the state} Keeps the metadata for another TTL and a minute, so that it outlives the cells. One command. */
    CompletionStage<State> keep();

    /** {@return the state} Does the same as {@link #keep}, and records the TTL of the caller. */
    CompletionStage<State> record();

    /** {@return the state} For a watcher; keeps the topic for as long as its log, where that is needed. */
    CompletionStage<State> watch();

    /**
     * {@return a stage that completes once later changes to the earlier cells have no effect} Begins another generation.
     */
    CompletionStage<?> reset();

    /**
     * Begins another generation after a cell reported its generation stale, unless another one has begun. The metadata did not
     * say so: the process that reset the topic may have died, or the metadata was lost.
     *
     * @param over the stale generation
     * @return a stage that completes when another generation has begun
     */
    default CompletionStage<?> finish(Generation over) {
        return CompletableFuture.completedFuture(over);
    }

    /**
     * Is called after a call was made in a generation that is not the current one, and is repeated. The call may have made
     * cells of that generation again.
     *
     * @param generation the outdated generation
     */
    default void leftBehind(Generation generation) {}

    /** {@return whether the cells of a generation refuse all calls once a reset that ended it has completed} */
    default boolean endsCells() {
        return false;
    }
}
