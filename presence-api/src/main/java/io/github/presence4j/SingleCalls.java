package io.github.presence4j;

import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a topic, and the most frequent read, {@code isLive}. Calls go directly to a local store, through lanes to a
 * remote one.
 */
sealed interface SingleCalls permits SingleCalls.DirectCalls, BatchedCalls {

    CompletableFuture<TouchResult> touch(TopicStore topic, Touch touch);

    CompletableFuture<Boolean> isLive(TopicStore topic, String member);

    CompletableFuture<Boolean> leave(TopicStore topic, Leave leave);

    CompletableFuture<TouchOutcome> touch(TopicStore topic, List<Touch> touches);

    CompletableFuture<Set<String>> leave(TopicStore topic, List<Leave> leaves);

    CompletableFuture<@Nullable Void> reset(TopicStore topic);

    static SingleCalls of(PresenceStore store, CallDeadlines calls) {
        int slots = store.batchSlots();
        return slots == 0 ? new DirectCalls(calls) : new BatchedCalls(calls, slots);
    }

    /** Touches and reads are written without lambdas, so that a renewal in memory allocates nothing here. */
    record DirectCalls(CallDeadlines calls) implements SingleCalls {
        @Override
        public CompletableFuture<TouchResult> touch(TopicStore topic, Touch touch) {
            try {
                return calls.bound(topic.touch(touch));
            } catch (RuntimeException | Error e) {
                return CompletableFuture.failedFuture(calls.translate(e));
            }
        }

        @Override
        public CompletableFuture<Boolean> isLive(TopicStore topic, String member) {
            try {
                return calls.bound(topic.isLive(member));
            } catch (RuntimeException | Error e) {
                return CompletableFuture.failedFuture(calls.translate(e));
            }
        }

        @Override
        public CompletableFuture<Boolean> leave(TopicStore topic, Leave leave) {
            return leave(topic, List.of(leave)).thenApply(left -> !left.isEmpty());
        }

        @Override
        public CompletableFuture<TouchOutcome> touch(TopicStore topic, List<Touch> touches) {
            return calls.make(() -> topic.touch(touches));
        }

        @Override
        public CompletableFuture<Set<String>> leave(TopicStore topic, List<Leave> leaves) {
            return calls.make(() -> topic.leave(leaves));
        }

        @Override
        public CompletableFuture<@Nullable Void> reset(TopicStore topic) {
            return calls.<@Nullable Void>make(topic::reset);
        }
    }
}
