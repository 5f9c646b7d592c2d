package io.github.presence4j.sharding;

import io.github.presence4j.spi.MemberStore;
import java.util.concurrent.CompletionStage;

/**
 * One cell of a sharded topic, in one generation. Linearizable, and bounded in what one command does (rule R3: no command keeps the
 * store busy for long). Where a backend ends the cells that a reset left behind, every method but {@link #changes} and
 * {@link #lastChanges} fails with {@link StaleGenerationException} there, and changes nothing.
 */
public interface Shard extends MemberStore {

    /**
     * Records the timeouts that are due, tells what happened after a cursor, and keeps the history for a while, as
     * {@link io.github.presence4j.spi.TopicStore#changesSince} does. A cell of a generation that a reset began keeps its history
     * from its first event.
     *
     * @param cursor where the watcher stands: of an answer or of an event in one, or {@link ShardChanges#NONE}, {@link ShardChanges#FROM_START},
     *     {@link ShardChanges#UNKNOWN}
     * @param after whatever happens in the cell later than the answer has a later time than this; 0 for any
     * @return what happened
     */
    CompletionStage<ShardChanges> changes(String cursor, long after);

    /**
     * As {@link #changes} of a cell that a reset left behind: nothing is added to its history any more.
     *
     * @param cursor where the watcher stands
     * @return what happened up to the end; {@link ShardChanges#asOf} is {@link ShardChanges#CLOSED}
     */
    CompletionStage<ShardChanges> lastChanges(String cursor);
}
