package io.github.presence4j.spi;

import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One topic in a store, as one caller uses it: with the TTL and the window of {@link #topic}. Made by
 * {@link PresenceStore#topic}.
 *
 * <p>Think of a topic as a cell that the store changes atomically: the live members, with their
 * sessions and data; the TTL recorded last; epoch and sequence; and, while it is watched, a bounded log of the last events.
 *
 * <p>Holds no state of the topic itself: any number of handles of one topic see the same. Thread-safe; no method blocks. After
 * {@link PresenceStore#close} every stage fails. A returned stage that is complete may be shared between calls.
 */
public interface TopicStore extends MemberStore {

    /**
     * Returns the topic of this handle.
     *
     * @return the topic, with the TTL that touches record and the window that reads use; always the same
     */
    Topic topic();

    /**
     * Empties the topic in one atomic step: one Reset event in a new epoch, and no other event (rule G3: a reset is one event).
     * Also forgets which sessions left. A watcher's cursor from before the reset still receives the Reset, without a gap.
     *
     * @return a stage that completes when the topic is empty
     */
    CompletionStage<@Nullable Void> reset();

    /**
     * Records a bounded number of due timeouts, then reads the events after a cursor.
     *
     * <p>Also marks the topic as watched, for at least twice the longest pause between two calls of a watcher. That pause is a
     * third of the TTL, at most 30 seconds. An unwatched topic need keep no log.
     *
     * @param cursor null on the first call, otherwise {@link Changes#cursor} of the call before
     * @return the events, as many as {@link Changes#events} allows. It is a gap if the log does not reach back to the cursor
     *     (rule W5: after a gap a watcher reads the topic again)
     */
    CompletionStage<Changes> changesSince(@Nullable String cursor);

    /**
     * Records one heartbeat, as {@link #touch(List)}. The default makes a list of one; a local store overrides it to allocate
     * nothing.
     *
     * @param touch the heartbeat
     * @return whether the member joined, was renewed or was ignored; fails with a
     *     {@link io.github.presence4j.PresenceCapacityException} if a limit refuses the touch
     */
    default CompletionStage<TouchResult> touch(Touch touch) {
        return DependentStage.of(touch(List.of(touch)), outcome -> outcome.of(touch));
    }

    /**
     * Reads whether one member is live, as {@link #liveAmong}. The default makes a list of one; a local store overrides it to
     * allocate nothing.
     *
     * @param member the name, 1 to 512 bytes of UTF-8
     * @return whether the member is live
     */
    default CompletionStage<Boolean> isLive(String member) {
        return DependentStage.of(liveAmong(List.of(member)), live -> !live.isEmpty());
    }
}
