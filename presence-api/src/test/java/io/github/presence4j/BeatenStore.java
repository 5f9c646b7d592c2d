package io.github.presence4j;

import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that supports only touches and leaves. It answers at once, or as the test says. */
final class BeatenStore implements PresenceStore {
    /** A touch that has not been answered yet. */
    record Open(List<Touch> touches, CompletableFuture<TouchOutcome> answer) {
        void succeed() {
            answer.complete(TouchOutcome.RENEWED);
        }
    }

    final List<Leave> left = new ArrayList<>();
    final Queue<List<Touch>> touched = new ConcurrentLinkedQueue<>();
    final Deque<Open> open = new ConcurrentLinkedDeque<>();
    private final Queue<Supplier<CompletionStage<TouchOutcome>>> next = new ArrayDeque<>();
    volatile boolean prompt = true;

    /** Sets the answer of the next touch for which none is set. */
    void nextTouch(Supplier<CompletionStage<TouchOutcome>> answer) {
        next.add(answer);
    }

    @Override
    public CompletionStage<TouchOutcome> touch(Topic topic, Collection<Touch> touches) {
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
    public CompletionStage<Set<String>> leave(Topic topic, Collection<Leave> leaves) {
        left.addAll(leaves);
        return CompletableFuture.completedFuture(Set.of());
    }

    @Override
    public CompletionStage<Map<String, Member>> live(Topic topic, Collection<String> members) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Long> count(Topic topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<MemberPage> page(Topic topic, @Nullable String cursor, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> reset(Topic topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Changes> changesSince(Topic topic, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription onChange(Topic topic, Runnable wake) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
