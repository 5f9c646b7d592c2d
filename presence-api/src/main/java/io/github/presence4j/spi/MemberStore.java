package io.github.presence4j.spi;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Touch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The members of one topic, or of one shard of a topic: what changes them, and what reads them.
 *
 * <p>Thread-safe. No method blocks. Each is linearizable per topic, or per shard where a backend splits a topic. The arguments
 * were checked before (rule E1: bad input fails before any I/O): member and session names have 1 to 512 bytes of UTF-8, data
 * has up to 4,096. A list is not changed while the stage that was returned is under way; it is empty only if a method says so.
 *
 * <p>A stage fails with a {@link io.github.presence4j.PresenceUnavailableException} if the store cannot be reached or is
 * closed; it never completes with an empty answer instead (rule E2: an error never reads as an empty topic). If the stage's
 * future is cancelled, the store sends no further part of the call (rule O2: a call that was given up stops).
 */
public interface MemberStore {

    /**
     * Records heartbeats in their order, in one atomic step per member.
     *
     * <p>A member that expired unrecorded is first recorded as timed out, then as joined (rule W4: a timeout is recorded before
     * the join that follows it). A named session that left within the last TTL is ignored (rule S5: a heartbeat that is late
     * revives no session that left). The call also removes a bounded number of expired members (rule G2: traffic reclaims), and
     * records the TTL of its {@link Topic} (rule T5: the TTL of the last touch judges the whole topic).
     *
     * <p>Costs one round trip up to a size that the store chooses; a larger call is cut into parts (rule R3: no command keeps the
     * store busy for longer than about a millisecond).
     *
     * @param touches any number; if there is none, only the TTL is recorded
     * @return the members that joined, the touches that were ignored, and those that a limit refused (rule E5: a full store
     *     refuses new members and evicts none); all other touches took effect
     */
    CompletionStage<TouchOutcome> touch(List<Touch> touches);

    /**
     * Ends sessions in their order (rule S2: a member leaves with its last session).
     *
     * <p>A leave with a session ends that one, and remembers it for one TTL even if it was not there (rule S5: a heartbeat that is
     * late revives no session that left). A leave without a session ends all live sessions of the member. A member that had
     * expired is recorded as timed out; it did not leave.
     *
     * @param leaves any number
     * @return the members that were live before the call and no longer are
     */
    CompletionStage<Set<String>> leave(List<Leave> leaves);

    /**
     * Reads which members are live, with their sessions. Changes nothing (rule R1: reads change nothing).
     *
     * @param members names, any number; one round trip per shard (rule R5: a bulk call is one trip)
     * @return the live ones by name
     */
    CompletionStage<Map<String, Member>> live(List<String> members);

    /**
     * Reads which members are live, without their sessions. Changes nothing. The default asks {@link #live}; override it where
     * names alone cost less.
     *
     * @param members names, any number; one round trip per shard
     * @return the names of the live ones
     */
    default CompletionStage<Set<String>> liveAmong(List<String> members) {
        return DependentStage.of(live(members), Map::keySet);
    }

    /**
     * Counts the live members. Changes nothing. One round trip per shard.
     *
     * @return the number of live members, 0 or more
     */
    CompletionStage<Long> count();

    /**
     * Reads a part of a listing. Changes nothing. All pages of one listing together contain a member exactly once if it is live
     * throughout (rule R2: a listing neither misses nor repeats). They never contain a member that is not live during the
     * listing.
     *
     * @param cursor null for the first page, otherwise {@link MemberPage#next} of the page before
     * @param limit the most members of the page, 1 to 10,000. A page may have fewer, even none, although more pages follow
     * @return the page
     * @throws IllegalArgumentException at once, without a call to the store, if no page can have returned this cursor
     */
    CompletionStage<MemberPage> page(@Nullable String cursor, int limit);

    /**
     * Reads a part of a listing of names, for a reader that collects all parts and removes repeated names. Changes nothing. A
     * member that is live throughout is named at least once. The default asks {@link #page}; override it where an order in which
     * members move can be read faster.
     *
     * @param cursor null for the first part, otherwise {@link NamePage#next} of the part before
     * @param limit how many members one command looks at, 1 to 10,000; a part may be read with several commands
     * @return the names, and whether any of them may have been named before
     * @throws IllegalArgumentException at once, without a call to the store, if no part can have returned this cursor
     */
    default CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
        return DependentStage.of(page(cursor, limit), page -> NamePage.of(page, cursor));
    }
}
