package io.github.presence4j.benchmarks.contestant;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One topic of a contestant. What a contestant does not offer in bulk is one call for each, pipelined. */
public interface ContestantTopic {

    /**
     * A heartbeat, without waiting.
     *
     * @param member who
     * @return done
     */
    CompletionStage<?> touchAsync(String member);

    /**
     * A question, without waiting.
     *
     * @param member who
     * @return whether the member is live
     */
    CompletionStage<Boolean> isLiveAsync(String member);

    /**
     * The end of a member.
     *
     * @param member who
     * @return done
     */
    CompletionStage<?> leaveAsync(String member);

    /** {@return how many are live} */
    long count();

    /** {@return how many a list of the live ones names} */
    int list();

    /**
     * A heartbeat.
     *
     * @param member who
     */
    default void touch(String member) {
        touchAsync(member).toCompletableFuture().join();
    }

    /**
     * A question.
     *
     * @param member who
     * @return whether the member is live
     */
    default boolean isLive(String member) {
        return isLiveAsync(member).toCompletableFuture().join();
    }

    /**
     * Heartbeats in bulk, without waiting.
     *
     * @param members who
     * @return done
     */
    default CompletionStage<?> touchAllAsync(List<String> members) {
        CompletableFuture<?>[] calls = new CompletableFuture<?>[members.size()];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = touchAsync(members.get(i)).toCompletableFuture();
        }
        return CompletableFuture.allOf(calls);
    }

    /**
     * Heartbeats in bulk.
     *
     * @param members who
     */
    default void touchAll(List<String> members) {
        touchAllAsync(members).toCompletableFuture().join();
    }

    /**
     * Lets some in before anything is measured, by whatever is quickest here.
     *
     * @param members who
     */
    default void join(List<String> members) {
        touchAll(members);
    }

    /**
     * A question in bulk.
     *
     * @param members who
     * @return how many of them are live
     */
    default int liveAmong(List<String> members) {
        List<CompletableFuture<Boolean>> calls = new ArrayList<>(members.size());
        members.forEach(member -> calls.add(isLiveAsync(member).toCompletableFuture()));
        int live = 0;
        for (CompletableFuture<Boolean> call : calls) {
            live += call.join() ? 1 : 0;
        }
        return live;
    }
}
