package io.github.presence4j;

import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store far away, whose answers come when the test lets them. */
final class RemoteStore implements PresenceStore {
    final List<List<Touch>> touched = new ArrayList<>();
    final List<List<String>> asked = new ArrayList<>();
    private final Queue<Runnable> answers = new ArrayDeque<>();
    private final int slots;

    RemoteStore(int slots) {
        this.slots = slots;
    }

    void answerNext() {
        answers.remove().run();
    }

    void answerAll() {
        while (!answers.isEmpty()) {
            answerNext();
        }
    }

    private <T> CompletionStage<T> later(T answer) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        answers.add(() -> stage.complete(answer));
        return stage;
    }

    @Override
    public CompletionStage<TouchOutcome> touch(Topic topic, Collection<Touch> touches) {
        touched.add(List.copyOf(touches));
        return later(TouchOutcome.joined(
                Set.copyOf(touches.stream().map(Touch::member).distinct().toList())));
    }

    @Override
    public CompletionStage<Map<String, Member>> live(Topic topic, Collection<String> members) {
        asked.add(List.copyOf(members));
        return later(new HashMap<>());
    }

    @Override
    public CompletionStage<Set<String>> leave(Topic topic, Collection<Leave> leaves) {
        return later(Set.of());
    }

    @Override
    public CompletionStage<Long> count(Topic topic) {
        return later(0L);
    }

    @Override
    public CompletionStage<MemberPage> page(Topic topic, @Nullable String cursor, int limit) {
        return later(new MemberPage(List.of(), null));
    }

    @Override
    public CompletionStage<@Nullable Void> reset(Topic topic) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Changes> changesSince(Topic topic, @Nullable String cursor) {
        return new CompletableFuture<>();
    }

    @Override
    public Subscription onChange(Topic topic, Runnable wake) {
        return () -> {};
    }

    @Override
    public int batchSlots() {
        return slots;
    }

    @Override
    public void close() {}
}
