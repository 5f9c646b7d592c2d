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
 * <p>Each method means what the method of that name means there, costs the same, and completes within the configured timeout.
 * Bad arguments (E1) and a closed presence (E4) throw at once; everything else that goes wrong completes the stage with a
 * {@link PresenceException}, or with a {@link java.util.concurrent.CompletionException} that has it as its cause.
 *
 * <p>Calls that change the topic take effect in the order in which a thread makes them, including calls to {@link PresenceTopic}
 * (O1). A read that is made before a change has been answered may or may not see the change.
 *
 * <p>A callback attached to a stage runs on one of at most 64 threads of the {@link Presence}, or on the attaching thread if the
 * stage is complete. Callbacks may block: no other call, timeout, watch or lease uses these threads (E8). But if 64 callbacks wait
 * for stages of this class at the same time, no stage completes any more. To wait in a callback, use {@link PresenceTopic}.
 */
public final class AsyncPresenceTopic {
    private final TopicCalls calls;
    private final TopicCalls reads;

    AsyncPresenceTopic(TopicCalls calls, TopicCalls reads) {
        this.calls = calls;
        this.reads = reads;
    }

    /**
     * See {@link PresenceTopic#touch(String)}.
     *
     * @param member the member's id
     * @return whether the member was not live before
     */
    public CompletionStage<Boolean> touch(String member) {
        return joins(Touch.of(member));
    }

    /**
     * See {@link PresenceTopic#touch(String, String)}.
     *
     * @param member the member's id
     * @param session the tab, socket or device
     * @return whether the member was not live before and is now
     */
    public CompletionStage<Boolean> touch(String member, String session) {
        return joins(Touch.of(member, session));
    }

    /**
     * See {@link PresenceTopic#touch(String, String, String)}.
     *
     * @param member the member's id
     * @param session the tab, socket or device
     * @param data at most 4 KiB of UTF-8
     * @return whether the member was not live before and is now
     */
    public CompletionStage<Boolean> touch(String member, String session, String data) {
        return joins(Touch.of(member, session).withData(data));
    }

    /**
     * See {@link PresenceTopic#touch(Touch)}.
     *
     * @param touch the heartbeat: member, session and data
     * @return the result of the touch; fails with a {@link PresenceCapacityException} if a limit of the store refuses it
     */
    public CompletionStage<TouchResult> touch(Touch touch) {
        return calls.deliver(calls.touch(touch));
    }

    private CompletionStage<Boolean> joins(Touch touch) {
        return calls.deliver(calls.touch(touch).thenApply(TouchResult.JOINED::equals));
    }

    /**
     * See {@link PresenceTopic#touch(Collection)}.
     *
     * @param touches the heartbeats
     * @return the members that were not live before and are now
     */
    public CompletionStage<Set<String>> touch(Collection<Touch> touches) {
        return calls.deliver(calls.touch(touches));
    }

    /**
     * See {@link PresenceTopic#touchAll}.
     *
     * @param members the ids of the members
     * @return the members that were not live before
     */
    public CompletionStage<Set<String>> touchAll(Collection<String> members) {
        return touch(TopicCalls.touches(members));
    }

    /**
     * See {@link PresenceTopic#leave(String)}.
     *
     * @param member the member's id
     * @return whether the member was live
     */
    public CompletionStage<Boolean> leave(String member) {
        return calls.deliver(calls.leave(member, null));
    }

    /**
     * See {@link PresenceTopic#leave(String, String)}.
     *
     * @param member the id of the session's member
     * @param session the session
     * @return whether the member was live and is no longer
     */
    public CompletionStage<Boolean> leave(String member, String session) {
        return calls.deliver(calls.leave(member, Objects.requireNonNull(session, "session")));
    }

    /**
     * See {@link PresenceTopic#isLive}.
     *
     * @param member the member's id
     * @return whether the member is live
     */
    public CompletionStage<Boolean> isLive(String member) {
        return calls.deliver(reads.isLive(member));
    }

    /**
     * See {@link PresenceTopic#liveAmong}.
     *
     * @param members the ids to look up
     * @return the live ones among them
     */
    public CompletionStage<Set<String>> liveAmong(Collection<String> members) {
        return calls.deliver(reads.liveAmong(members));
    }

    /**
     * See {@link PresenceTopic#lastSeen}.
     *
     * @param member the member's id
     * @return the time; empty if the member is not live
     */
    public CompletionStage<Optional<Instant>> lastSeen(String member) {
        return calls.deliver(reads.lastSeen(member));
    }

    /**
     * See {@link PresenceTopic#member}.
     *
     * @param member the member's id
     * @return the member; empty if it is not live
     */
    public CompletionStage<Optional<Member>> member(String member) {
        return calls.deliver(reads.member(member));
    }

    /**
     * See {@link PresenceTopic#count}.
     *
     * @return the number of live members
     */
    public CompletionStage<Long> count() {
        return calls.deliver(reads.count());
    }

    /**
     * See {@link PresenceTopic#list}.
     *
     * @return the names, in no particular order
     */
    public CompletionStage<List<String>> list() {
        return calls.deliver(reads.list());
    }

    /**
     * See {@link PresenceTopic#page}.
     *
     * @param cursor null for the first page
     * @param limit from 1 to 10,000
     * @return the page
     */
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        return calls.deliver(reads.page(cursor, limit));
    }

    /**
     * See {@link PresenceTopic#reset}.
     *
     * @return done
     */
    public CompletionStage<@Nullable Void> reset() {
        return calls.deliver(calls.reset());
    }
}
