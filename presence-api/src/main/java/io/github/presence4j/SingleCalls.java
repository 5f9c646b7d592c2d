package io.github.presence4j;

import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
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

    CompletableFuture<TouchResult> touch(Topic topic, Touch touch);

    CompletableFuture<Boolean> isLive(Topic topic, String member);

    CompletableFuture<Boolean> leave(Topic topic, Leave leave);

    CompletableFuture<TouchOutcome> touch(Topic topic, List<Touch> touches);

    CompletableFuture<Set<String>> leave(Topic topic, List<Leave> leaves);

    CompletableFuture<@Nullable Void> reset(Topic topic);

    static SingleCalls of(PresenceStore store, CallDeadlines calls) {
        int slots = store.batchSlots();
        return slots == 0 ? new DirectCalls(store, calls) : new BatchedCalls(store, calls, slots);
    }

    /** Touches and reads are written without lambdas, so that a renewal in memory allocates nothing here. */
    record DirectCalls(PresenceStore store, CallDeadlines calls) implements SingleCalls {
        @Override
        public CompletableFuture<TouchResult> touch(Topic topic, Touch touch) {
            try {
                return calls.bound(store.touch(topic, touch));
            } catch (RuntimeException | Error e) {
                return CompletableFuture.failedFuture(calls.translate(e));
            }
        }

        @Override
        public CompletableFuture<Boolean> isLive(Topic topic, String member) {
            try {
                return calls.bound(store.isLive(topic, member));
            } catch (RuntimeException | Error e) {
                return CompletableFuture.failedFuture(calls.translate(e));
            }
        }

        @Override
        public CompletableFuture<Boolean> leave(Topic topic, Leave leave) {
            return leave(topic, List.of(leave)).thenApply(left -> !left.isEmpty());
        }

        @Override
        public CompletableFuture<TouchOutcome> touch(Topic topic, List<Touch> touches) {
            return calls.make(() -> store.touch(topic, touches));
        }

        @Override
        public CompletableFuture<Set<String>> leave(Topic topic, List<Leave> leaves) {
            return calls.make(() -> store.leave(topic, leaves));
        }

        @Override
        public CompletableFuture<@Nullable Void> reset(Topic topic) {
            return calls.<@Nullable Void>make(() -> store.reset(topic));
        }
    }
}
