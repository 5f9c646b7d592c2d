package io.github.presence4j.testkit;

import io.github.presence4j.Touch;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** Stores whose calls overtake each other, or continue after they were given up. */
final class BrokenOrder {
    private BrokenOrder() {}

    static List<BrokenStore> all() {
        return List.of(
                new BrokenStore("a leave overtakes a touch that is under way", "o1_", Overtaking::new),
                new BrokenStore("a bulk call that is given up goes on", "o2_", Relentless::new));
    }

    /** Correct only for callers that wait for each answer. */
    private static final class Overtaking extends ModelStore {
        private final Executor slow = ForkJoinPool.commonPool();

        Overtaking(SharedState world) {
            super(world);
        }

        @Override
        CompletionStage<TouchOutcome> touch(Topic topic, List<Touch> touches) {
            List<Touch> copy = List.copyOf(touches);
            return CompletableFuture.supplyAsync(() -> super.touch(topic, copy), slow)
                    .thenCompose(answer -> answer);
        }
    }

    /** Splits a bulk call, and does the rest after a moment, or right after a reset if that comes first. */
    private static final class Relentless extends ModelStore {
        private static final int CHUNK = 1_000;
        private final Executor soon = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);
        private final Queue<Runnable> rests = new ConcurrentLinkedQueue<>();

        Relentless(SharedState world) {
            super(world);
        }

        @Override
        CompletionStage<TouchOutcome> touch(Topic topic, List<Touch> touches) {
            if (touches.size() <= CHUNK) {
                return super.touch(topic, touches);
            }
            List<Touch> all = List.copyOf(touches);
            TouchOutcome begun = answer(super.touch(topic, all.subList(0, CHUNK)));
            CompletableFuture<TouchOutcome> answer = new CompletableFuture<>();
            rests.add(() -> answer.complete(TouchOutcome.union(List.of(
                    begun, answer(super.touch(topic, all.subList(CHUNK, all.size())))))));
            soon.execute(this::goOn);
            return answer;
        }

        private static <T> T answer(CompletionStage<T> stage) {
            return stage.toCompletableFuture().join();
        }

        private void goOn() {
            for (Runnable rest = rests.poll(); rest != null; rest = rests.poll()) {
                rest.run();
            }
        }

        @Override
        CompletionStage<Void> reset(Topic topic) {
            CompletionStage<Void> done = super.reset(topic);
            goOn();
            return done;
        }
    }
}
