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
     * Records a bounded number of due timeouts, then reads the events after a cursor. Also keeps the log for a while, as
     * {@link io.github.presence4j.spi.TopicStore#changesSince} does. A cell of a generation that a reset began keeps its log from
     * its first event. Costs one command, and more while the clock of the cell has not come to {@code after}.
     *
     * @param cursor the position of the watcher: the cursor of an answer or of an event in one, or {@link ShardChanges#NONE},
     *     {@link ShardChanges#FROM_START}, {@link ShardChanges#UNKNOWN}
     * @param after a time in microseconds of the store's clock, 0 for any: whatever happens in the cell later than the answer has
     *     a later time than this
     * @return the events, or a gap
     */
    CompletionStage<ShardChanges> changes(String cursor, long after);

    /**
     * Reads the events after a cursor from a cell that a reset left behind. Nothing is added to its log any more.
     *
     * @param cursor as for {@link #changes}
     * @return the events up to the end; {@link ShardChanges#asOf} is {@link ShardChanges#CLOSED}
     */
    CompletionStage<ShardChanges> lastChanges(String cursor);
}
