package io.github.presence4j.benchmarks.contestant;

import io.github.presence4j.Touch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one topic of a contestant: tabs, each with its own time and data. What a contestant does not offer in bulk is
 * one call for each, pipelined.
 */
public interface SessionTopic {

    /**
     * A heartbeat, without waiting.
     *
     * @param member who
     * @param tab which of the member's sessions
     * @param data what the session has to say; null for nothing
     * @return done
     */
    CompletionStage<?> touchAsync(String member, String tab, @Nullable String data);

    /**
     * The end of a session.
     *
     * @param member who
     * @param tab which of the member's sessions
     * @return done
     */
    CompletionStage<?> leaveAsync(String member, String tab);

    /**
     * What a session that is live said last.
     *
     * @param member who
     * @param tab which of the member's sessions
     * @return its data; empty if it has none; null if it is not live
     */
    @Nullable
    String data(String member, String tab);

    /** {@return how many sessions are live} */
    long count();

    /**
     * A heartbeat.
     *
     * @param member who
     * @param tab which of the member's sessions
     * @param data what the session has to say; null for nothing
     */
    default void touch(String member, String tab, @Nullable String data) {
        touchAsync(member, tab, data).toCompletableFuture().join();
    }

    /**
     * Heartbeats in bulk.
     *
     * @param beats of whom; each names a session
     */
    default void touchAll(List<Touch> beats) {
        CompletableFuture<?>[] calls = new CompletableFuture<?>[beats.size()];
        for (int i = 0; i < calls.length; i++) {
            Touch beat = beats.get(i);
            calls[i] = touchAsync(beat.member(), tabOf(beat), beat.data()).toCompletableFuture();
        }
        CompletableFuture.allOf(calls).join();
    }

    /**
     * Lets some begin before anything is measured, by whatever is quickest here.
     *
     * @param beats of whom; each names a session
     */
    default void join(List<Touch> beats) {
        touchAll(beats);
    }

    /**
     * Returns the session of a beat that names one.
     *
     * @param beat of a named session
     * @return the name
     */
    static String tabOf(Touch beat) {
        String tab = beat.session();
        if (tab == null) {
            throw new IllegalArgumentException("A beat of a session names it: " + beat);
        }
        return tab;
    }

    /**
     * How a contestant without sessions names one: a name of its own, built for each call as an application would do it.
     *
     * @param member who
     * @param tab which of the member's sessions
     * @return both in one name
     */
    static String nameOf(String member, String tab) {
        return member + ':' + tab;
    }
}
