package io.github.presence4j;

import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.TouchOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** A store that supports only touches and leaves. It answers at once, or as the test says. */
final class BeatenStore extends SingleTopicStore {
    /** A touch that has not been answered yet. */
    record Open(List<Touch> touches, CompletableFuture<TouchOutcome> answer) {
        void succeed() {
            answer.complete(TouchOutcome.RENEWED);
        }
    }

    final List<Leave> left = Collections.synchronizedList(new ArrayList<>());
    final List<Integer> leaveSizes = Collections.synchronizedList(new ArrayList<>());
    final Queue<List<Touch>> touched = new ConcurrentLinkedQueue<>();
    final Queue<CompletableFuture<Set<String>>> openLeaves = new ConcurrentLinkedQueue<>();
    final Deque<Open> open = new ConcurrentLinkedDeque<>();
    private final Queue<Supplier<CompletionStage<TouchOutcome>>> next = new ArrayDeque<>();
    volatile boolean prompt = true;

    /** Sets the answer of the next touch for which none is set. */
    void nextTouch(Supplier<CompletionStage<TouchOutcome>> answer) {
        next.add(answer);
    }

    @Override
    CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        touched.add(List.copyOf(touches));
        Supplier<CompletionStage<TouchOutcome>> answer = next.poll();
        if (answer != null) {
            return answer.get();
        }
        if (prompt) {
            return CompletableFuture.completedFuture(TouchOutcome.RENEWED);
        }
        Open call = new Open(List.copyOf(touches), new CompletableFuture<>());
        open.add(call);
        return call.answer();
    }

    @Override
    CompletionStage<Set<String>> leave(List<Leave> leaves) {
        left.addAll(leaves);
        leaveSizes.add(leaves.size());
        if (prompt) {
            return CompletableFuture.completedFuture(Set.of());
        }
        CompletableFuture<Set<String>> call = new CompletableFuture<>();
        openLeaves.add(call);
        return call;
    }
}
