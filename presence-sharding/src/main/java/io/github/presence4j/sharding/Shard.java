package io.github.presence4j.sharding;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One cell of a sharded topic, in one generation. Linearizable, and bounded in what one command does (R3). Where a backend ends the
 * cells that a reset left behind, everything but {@link #changes} fails with {@link StaleGenerationException} there, and changed nothing.
 */
public interface Shard {

    /**
     * Heartbeats, in the order given.
     *
     * @param touches any number; none records the TTL
     * @return the members that joined, and the touches that were ignored or refused
     */
    CompletionStage<TouchOutcome> touch(List<Touch> touches);

    /**
     * Ends sessions.
     *
     * @param leaves any number
     * @return the members that left
     */
    CompletionStage<Set<String>> leave(List<Leave> leaves);

    /**
     * Which of some members are live.
     *
     * @param members any number
     * @return the live ones by name
     */
    CompletionStage<Map<String, Member>> live(List<String> members);

    /**
     * As {@link #live}, for callers that need the names only.
     *
     * @param members any number
     * @return the live ones
     */
    CompletionStage<Set<String>> liveAmong(List<String> members);

    /** {@return how many are live} */
    CompletionStage<Long> count();

    /**
     * Returns a part of the live members. Over all parts, each appears once (R2).
     *
     * @param cursor null at first
     * @param limit 1 to 10,000
     * @return the page
     */
    CompletionStage<MemberPage> page(@Nullable String cursor, int limit);

    /**
     * As {@link #page}, for a reader that keeps all names to the end.
     *
     * @param cursor null at first
     * @param limit how many to look at
     * @return the part
     */
    CompletionStage<NamePage> names(@Nullable String cursor, int limit);

    /**
     * Records the timeouts that are due, returns the events after a cursor, and keeps the log for a while, as
     * {@link io.github.presence4j.spi.PresenceStore#changesSince} does. A cell of a generation that a reset began keeps its
     * log from its first event.
     *
     * @param cursor the cursor of an answer or of an event in one, or {@link ShardChanges#NONE},
     *     {@link ShardChanges#FROM_START}, {@link ShardChanges#UNKNOWN}
     * @param after a lower bound: events of the cell after this answer have a later time; 0 for none
     * @return what happened
     */
    CompletionStage<ShardChanges> changes(String cursor, long after);

    /**
     * As {@link #changes}, for a cell that a reset made stale: nothing is added to its log any more.
     *
     * @param cursor the watcher's cursor
     * @return the events up to the end of its log; {@link ShardChanges#asOf} is {@link ShardChanges#CLOSED}
     */
    CompletionStage<ShardChanges> lastChanges(String cursor);
}
