package io.github.presence4j.spi;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A place where topics live. Implement this, and every rule in {@code docs/rules.md} has one home: what can be decided
 * outside a store is decided in the API, once; what must be decided atomically is decided here.
 *
 * <p>Think of a topic as a cell that the store changes atomically: who is there since when, with which sessions and data; the
 * TTL recorded last; epoch and sequence; and, while somebody watches, a bounded log of the last events. Every method is
 * linearizable per topic (per shard of a topic, where a backend splits one).
 *
 * <p>Methods do not block and are called from any thread. A store that fails completes the stage exceptionally, with a
 * {@link io.github.presence4j.PresenceUnavailableException} when it is out of reach; it never answers "nobody" instead (E2).
 * The API bounds the wait. A returned stage that is complete may be shared between calls.
 *
 * <p>The API cancels a stage that it gives up, by a timeout or because it is closed, with
 * {@code stage.toCompletableFuture().cancel(false)}, before the caller sees the failure. A store that sends a call in parts, or
 * repeats it, must return a stage whose cancellation stops it from sending more (O2).
 */
public interface PresenceStore extends AutoCloseable {

    /**
     * Heartbeats, in the order given. A member that lapsed is first recorded as timed out, then as joined, in the same atomic
     * step (W4); a named session that left within the last TTL is passed over (S5). Also reclaims some lapsed sessions (G2).
     *
     * @param topic the topic, whose TTL is recorded (T5); a longer TTL does not revive members that expired under the previous one
     * @param touches any number; the store cuts them as it needs (R3)
     * @return the members that joined, and the touches that were ignored (S5) or refused by a limit (E5); all others took effect
     */
    CompletionStage<TouchOutcome> touch(Topic topic, Collection<Touch> touches);

    /**
     * Ends sessions (S2) and remembers the named ones for one TTL (S5): the one that is named, also if it was not there, or
     * those of the member that are live. A member that had lapsed is recorded as timed out, and did not leave.
     *
     * @param topic where
     * @param leaves which; any number
     * @return the members that were live and are no longer
     */
    CompletionStage<Set<String>> leave(Topic topic, Collection<Leave> leaves);

    /**
     * Which of some members are live. Changes nothing (R1).
     *
     * @param topic where, and by which window (T6)
     * @param members any number, one trip per shard (R5)
     * @return the live ones by name
     */
    CompletionStage<Map<String, Member>> live(Topic topic, Collection<String> members);

    /**
     * As {@link #live}, for callers that ask who and not since when. A store overrides it where names alone are lighter.
     *
     * @param topic where, and by which window (T6)
     * @param members any number, one trip per shard (R5)
     * @return the live ones
     */
    default CompletionStage<Set<String>> liveAmong(Topic topic, Collection<String> members) {
        return live(topic, members).thenApply(Map::keySet);
    }

    /**
     * How many are live. Changes nothing (R1).
     *
     * @param topic where, and by which window (T6)
     * @return the number of live members
     */
    CompletionStage<Long> count(Topic topic);

    /**
     * A part of who is live. Changes nothing (R1). Over the pages of one listing, a member that is live throughout appears
     * exactly once, and one that is never live meanwhile does not appear (R2).
     *
     * @param topic where, and by which window (T6)
     * @param cursor null for the first page, else {@link MemberPage#next} of the one before
     * @param limit how many members at the most, from 1 to 10,000
     * @return the page
     * @throws IllegalArgumentException at once, without a call to the store, if no page can have returned this cursor
     */
    CompletionStage<MemberPage> page(Topic topic, @Nullable String cursor, int limit);

    /**
     * As {@link #page} for a reader that keeps all names to the end, as {@code list()} does: a member may be named more than once,
     * but one that is live throughout is named, and a part says whether it may repeat some: here all but the first, for those who
     * left and came back meanwhile. A store overrides it that can list faster by an order in which members move.
     *
     * @param topic where, and by which window (T6)
     * @param cursor null for the first part, else {@link NamePage#next} of the one before
     * @param limit how many members to look at in one go (R3), of which a part may take several; from 1 to 10,000
     * @return the part
     * @throws IllegalArgumentException at once, without a call to the store, if no part can have returned this cursor
     */
    default CompletionStage<NamePage> names(Topic topic, @Nullable String cursor, int limit) {
        return page(topic, cursor, limit).thenApply(page -> NamePage.of(page, cursor));
    }

    /**
     * Empties a topic atomically: one Reset event in a new epoch, and nothing else (G3). Forgets also which sessions left. A
     * watcher's cursor from before is still told of the Reset, without a gap.
     *
     * @param topic what to empty
     * @return done
     */
    CompletionStage<Void> reset(Topic topic);

    /**
     * Records the timeouts that are due, a bounded number of them, then tells what happened after a cursor. Marks the topic as
     * watched for at least twice the longest pause between two calls of a watcher, which is a third of the TTL, at most 30
     * seconds; an unwatched topic need keep no log.
     *
     * @param topic what is watched
     * @param cursor {@link Changes#cursor} of the call before; null at first
     * @return the events, or that there is a gap (W5)
     */
    CompletionStage<Changes> changesSince(Topic topic, @Nullable String cursor);

    /**
     * Runs {@code wake} soon after something may have happened in a topic. Best effort: a hint that is lost only costs time. A
     * lost and restored link is a hint too.
     *
     * @param topic what is watched
     * @param wake quick, does not throw
     * @return ends the hints
     */
    Subscription onChange(Topic topic, Runnable wake);

    /**
     * {@link #touch(Topic, Collection)} of one. A local store overrides it to save the collections.
     *
     * @param topic whose TTL is recorded
     * @param touch the heartbeat
     * @return the result of the touch; fails with a {@link io.github.presence4j.PresenceCapacityException} if a limit refuses it (E5)
     */
    default CompletionStage<TouchResult> touch(Topic topic, Touch touch) {
        return touch(topic, List.of(touch)).thenApply(outcome -> outcome.of(touch));
    }

    /**
     * {@link #liveAmong} of one. A local store overrides it to save the collections.
     *
     * @param topic where, and by which window
     * @param member who
     * @return whether the member is live
     */
    default CompletionStage<Boolean> isLive(Topic topic, String member) {
        return liveAmong(topic, List.of(member)).thenApply(live -> !live.isEmpty());
    }

    /**
     * Returns how many batches of each kind the API keeps under way per topic. While they are under way, it gathers single
     * touches, single leaves and single {@link #isLive reads} into the next batch.
     *
     * <p>A store that returns 0 is called directly, and must apply changes in the order in which it is called. Any other store
     * need not keep an order: the API never has two calls of a topic under way of which one must come first (O1).
     *
     * @return 0 for a local store, which is called directly; 1 to 4 suits a remote one
     */
    default int batchSlots() {
        return 0;
    }

    /**
     * Ends what is under way exceptionally and frees what the store made itself. Idempotent (E4). Every stage of a later call
     * fails.
     */
    @Override
    void close();
}
