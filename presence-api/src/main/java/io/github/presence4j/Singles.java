package io.github.presence4j;

import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The two calls that come one by one and by the million: straight to a local store, in batches to a remote one. */
sealed interface Singles {

    CompletableFuture<TouchResult> touch(Topic topic, Touch touch);

    CompletableFuture<Boolean> isLive(Topic topic, String member);

    static Singles of(PresenceStore store, Calls calls) {
        int slots = store.batchSlots();
        return slots == 0 ? new Direct(store, calls) : new Batched(store, calls, slots);
    }

    /** Written without lambdas, so that a renewal in memory allocates nothing here. */
    record Direct(PresenceStore store, Calls calls) implements Singles {
        @Override
        public CompletableFuture<TouchResult> touch(Topic topic, Touch touch) {
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
        private final Batcher<Touch, Touched> touches;
        private final Batcher<String, Set<String>> reads;

        Batched(PresenceStore store, Calls calls, int slots) {
            touches = new Batcher<>(
                    calls, slots, (topic, batch) -> store.touch(topic, batch).thenApply(Touched::new));
            reads = new Batcher<>(calls, slots, store::liveAmong);
        }

        /** The outcome of a batch, and the members whose join no caller has been given. */
        private static final class Touched {
            private final TouchOutcome outcome;
            private final Set<String> unclaimed;

            Touched(TouchOutcome outcome) {
                this.outcome = outcome;
                this.unclaimed = ConcurrentHashMap.newKeySet(outcome.joined().size());
                unclaimed.addAll(outcome.joined());
            }

            TouchResult claim(Touch touch) {
                TouchResult result = outcome.of(touch);
                return result == TouchResult.JOINED && !unclaimed.remove(touch.member()) ? TouchResult.RENEWED : result;
            }
        }

        @Override
        public CompletableFuture<TouchResult> touch(Topic topic, Touch touch) {
            return touches.ask(topic, touch).thenApply(touched -> touched.claim(touch));
        }

        @Override
        public CompletableFuture<Boolean> isLive(Topic topic, String member) {
            return reads.ask(topic, member).thenApply(live -> live.contains(member));
        }
    }
}
