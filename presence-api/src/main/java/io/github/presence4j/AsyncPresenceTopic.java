package io.github.presence4j;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@link PresenceTopic} without waiting. Thread-safe.
 *
 * <p>Each method means what the method of that name means there, and costs the same. A stage completes within the configured
 * timeout; that of {@link #list} within one timeout per round trip. It fails with a {@link PresenceException}; that is a {@link
 * PresenceUnavailableException} if the store is out of reach, or if the {@link Presence} is closed during the call. As with any
 * stage, one that depends on another one has it in a {@link java.util.concurrent.CompletionException}. Methods throw at once,
 * without a stage:
 * <ul>
 * <li>{@link IllegalArgumentException} for a text that is empty, too long or has an unpaired surrogate. {@link
 * NullPointerException} for null
 * <li>{@link IllegalStateException} after {@link Presence#close}
 * </ul>
 *
 * <p>Calls that change the topic take effect in the order in which a thread makes them. That includes calls to {@link
 * PresenceTopic}. A read that is made before a change has been answered may or may not see the change.
 *
 * <p>A callback attached to a stage runs on one of at most 64 threads of the {@link Presence}. If the stage is complete
 * already, it runs on the attaching thread. Callbacks may block: no other call, timeout, watch or lease uses these threads. But
 * if 64 callbacks wait for stages of this class at the same time, no further stage completes. To wait in a callback, use {@link
 * PresenceTopic}.
 */
public final class AsyncPresenceTopic {
    private final TopicCalls calls;
    private final TopicCalls reads;

    AsyncPresenceTopic(TopicCalls calls, TopicCalls reads) {
        this.calls = calls;
        this.reads = reads;
    }

    /**
     * Sends a heartbeat of the default session, as {@link PresenceTopic#touch(String)}.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @return whether the member was not live before; fails with a {@link PresenceCapacityException} at a limit of the store
     * @throws IllegalArgumentException if the id is empty, too long or has an unpaired surrogate
     */
    public CompletionStage<Boolean> touch(String member) {
        return joins(Touch.of(member));
    }

    /**
     * Sends a heartbeat of a named session, as {@link PresenceTopic#touch(String, String)}.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @param session the name of the tab, socket or device, 1 to 512 bytes of UTF-8
     * @return whether the member was not live before and is now; fails with a {@link PresenceCapacityException} at a limit of
     *     the store
     * @throws IllegalArgumentException if a name is empty, too long or has an unpaired surrogate
     */
    public CompletionStage<Boolean> touch(String member, String session) {
        return joins(Touch.of(member, session));
    }

    /**
     * Sends a heartbeat of a named session with data, as {@link PresenceTopic#touch(String, String, String)}.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @param session the name of the tab, socket or device, 1 to 512 bytes of UTF-8
     * @param data replaces the session's data; usually JSON, at most 4 KiB of UTF-8
     * @return whether the member was not live before and is now; fails with a {@link PresenceCapacityException} at a limit of
     *     the store
     * @throws IllegalArgumentException if a text is out of bounds or has an unpaired surrogate
     */
    public CompletionStage<Boolean> touch(String member, String session, String data) {
        return joins(Touch.of(member, session, data));
    }

    /**
     * Sends one heartbeat of any kind, as {@link PresenceTopic#touch(Touch)}.
     *
     * @param touch the heartbeat: member, session and data
     * @return the result of the touch; fails with a {@link PresenceCapacityException} if a limit of the store refuses it
     * @throws IllegalArgumentException if a text is out of bounds or has an unpaired surrogate
     */
    public CompletionStage<TouchResult> touch(Touch touch) {
        return calls.deliver(calls.touch(touch));
    }

    private CompletionStage<Boolean> joins(Touch touch) {
        return calls.deliver(calls.touch(touch), TouchResult.JOINED::equals);
    }

    /**
     * Sends many heartbeats, as {@link PresenceTopic#touch(Collection)}.
     *
     * @param touches the heartbeats, any number; the collection is copied
     * @return the members that were not live before and are now; fails with a {@link PresenceCapacityException} if a limit
     *     refuses some touches, while all others take effect
     * @throws IllegalArgumentException if a text is out of bounds or has an unpaired surrogate; no touch is sent
     */
    public CompletionStage<Set<String>> touch(Collection<Touch> touches) {
        return calls.deliver(calls.touch(touches));
    }

    /**
     * Sends heartbeats of the default sessions of many members, as {@link PresenceTopic#touchAll}.
     *
     * @param members the ids of the members, any number
     * @return the members that were not live before; fails like {@link #touch(Collection)}
     * @throws IllegalArgumentException if an id is empty, too long or has an unpaired surrogate; no touch is sent
     */
    public CompletionStage<Set<String>> touchAll(Collection<String> members) {
        return touch(TopicCalls.touches(members));
    }

    /**
     * Ends all sessions of a member, as {@link PresenceTopic#leave(String)}.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @return whether the member was live
     * @throws IllegalArgumentException if the id is empty, too long or has an unpaired surrogate
     */
    public CompletionStage<Boolean> leave(String member) {
        return calls.deliver(calls.leave(member, null));
    }

    /**
     * Ends one session, as {@link PresenceTopic#leave(String, String)}.
     *
     * @param member the id of the session's member, 1 to 512 bytes of UTF-8
     * @param session the session's name, 1 to 512 bytes of UTF-8
     * @return whether the member was live and is no longer
     * @throws IllegalArgumentException if a name is empty, too long or has an unpaired surrogate
     */
    public CompletionStage<Boolean> leave(String member, String session) {
        return calls.deliver(calls.leave(member, Objects.requireNonNull(session, "session")));
    }

    /**
     * Reads whether a member is live, as {@link PresenceTopic#isLive}.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @return whether the member is live
     * @throws IllegalArgumentException if the id is empty, too long or has an unpaired surrogate
     */
    public CompletionStage<Boolean> isLive(String member) {
        return calls.deliver(reads.isLive(member));
    }

    /**
     * Reads which of some members are live, as {@link PresenceTopic#liveAmong}.
     *
     * @param members the ids to look up, any number; the collection is copied
     * @return the live ones among them
     * @throws IllegalArgumentException if an id is empty, too long or has an unpaired surrogate
     */
    public CompletionStage<Set<String>> liveAmong(Collection<String> members) {
        return calls.deliver(reads.liveAmong(members));
    }

    /**
     * Reads when a live member was last touched, as {@link PresenceTopic#lastSeen}.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @return the time by the store's clock in whole milliseconds; empty if the member is not live
     * @throws IllegalArgumentException if the id is empty, too long or has an unpaired surrogate
     */
    public CompletionStage<Optional<Instant>> lastSeen(String member) {
        return calls.deliver(reads.lastSeen(member));
    }

    /**
     * Reads a live member with its sessions and their data, as {@link PresenceTopic#member}.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @return the member; empty if it is not live
     * @throws IllegalArgumentException if the id is empty, too long or has an unpaired surrogate
     */
    public CompletionStage<Optional<Member>> member(String member) {
        return calls.deliver(reads.member(member));
    }

    /**
     * Counts the live members, as {@link PresenceTopic#count}.
     *
     * @return the number of live members, 0 or more
     */
    public CompletionStage<Long> count() {
        return calls.deliver(reads.count());
    }

    /**
     * Reads the ids of all live members, as {@link PresenceTopic#list}.
     *
     * @return the ids, each once, in no particular order
     */
    public CompletionStage<List<String>> list() {
        return calls.deliver(reads.list());
    }

    /**
     * Reads a part of the listing, as {@link PresenceTopic#page}.
     *
     * @param cursor null for the first page, then {@link MemberPage#next} of the one before
     * @param limit the highest number of members in the page, from 1 to 10,000
     * @return the page, with the sessions and data of the members
     * @throws IllegalArgumentException if the limit is out of bounds or no page returned this cursor
     */
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        return calls.deliver(reads.page(cursor, limit));
    }

    /**
     * Empties the topic atomically, as {@link PresenceTopic#reset}.
     *
     * @return a stage that completes when the topic is empty
     */
    public CompletionStage<@Nullable Void> reset() {
        return calls.deliver(calls.reset());
    }
}
