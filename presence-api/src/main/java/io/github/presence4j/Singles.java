package io.github.presence4j;

import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The two calls that come one by one and by the million: straight to a local store, in batches to a remote one. */
sealed interface Singles {

    CompletableFuture<Boolean> touch(Topic topic, Touch touch);

    CompletableFuture<Boolean> isLive(Topic topic, String member);

    static Singles of(PresenceStore store, Calls calls) {
        int slots = store.batchSlots();
        return slots == 0 ? new Direct(store, calls) : new Batched(store, calls, slots);
    }

    /** Written without lambdas, so that a renewal in memory allocates nothing here. */
    record Direct(PresenceStore store, Calls calls) implements Singles {
        @Override
        public CompletableFuture<Boolean> touch(Topic topic, Touch touch) {
            try {
                return calls.bound(store.touch(topic, touch));
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(calls.translate(e));
            }
        }

        @Override
        public CompletableFuture<Boolean> isLive(Topic topic, String member) {
            try {
                return calls.bound(store.isLive(topic, member));
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(calls.translate(e));
            }
        }
    }

    /** Of the callers that touch one member in one batch, exactly one is told that the member joined. */
    final class Batched implements Singles {
        private final Batcher<Touch, Set<String>> touches;
        private final Batcher<String, Set<String>> reads;

        Batched(PresenceStore store, Calls calls, int slots) {
            touches = new Batcher<>(calls, slots, (topic, batch) -> unclaimed(store.touch(topic, batch)));
            reads = new Batcher<>(calls, slots, store::liveAmong);
        }

        private static CompletionStage<Set<String>> unclaimed(CompletionStage<Set<String>> joined) {
            return joined.thenApply(members -> {
                Set<String> unclaimed = ConcurrentHashMap.newKeySet(members.size());
                unclaimed.addAll(members);
                return unclaimed;
            });
        }

        @Override
        public CompletableFuture<Boolean> touch(Topic topic, Touch touch) {
            return touches.ask(topic, touch).thenApply(unclaimed -> unclaimed.remove(touch.member()));
        }

        @Override
        public CompletableFuture<Boolean> isLive(Topic topic, String member) {
            return reads.ask(topic, member).thenApply(live -> live.contains(member));
        }
    }
}
