package io.github.presence4j;

import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TouchOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A store far away, whose answers come when the test lets them. */
final class RemoteStore extends SingleTopicStore {
    final List<List<Touch>> touched = Collections.synchronizedList(new ArrayList<>());
    final List<List<String>> asked = Collections.synchronizedList(new ArrayList<>());
    /** The changes, in the order in which the store was called. */
    final List<String> changes = Collections.synchronizedList(new ArrayList<>());

    final List<CompletableFuture<?>> underWay = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Supplier<CompletionStage<?>> fault;
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

    /** Sets the fault of all further calls. */
    void disturb(@Nullable Supplier<CompletionStage<?>> kind) {
        fault = kind;
    }

    @SuppressWarnings("unchecked") // no stage of a fault is ever completed with a value
    private <T extends @Nullable Object> CompletionStage<T> later(T answer) {
        Supplier<CompletionStage<?>> disturbed = fault;
        if (disturbed != null) {
            return (CompletionStage<T>) disturbed.get();
        }
        CompletableFuture<T> stage = new CompletableFuture<>();
        underWay.add(stage);
        answers.add(() -> stage.complete(answer));
        return stage;
    }

    @Override
    CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        touched.add(List.copyOf(touches));
        changes.add("touch " + touches.stream().map(RemoteStore::text).collect(Collectors.joining(" ")));
        return later(TouchOutcome.joined(
                Set.copyOf(touches.stream().map(Touch::member).distinct().toList())));
    }

    private static String text(Touch touch) {
        return touch.member() + (touch.data() == null ? "" : "=" + touch.data());
    }

    @Override
    CompletionStage<Map<String, Member>> live(List<String> members) {
        asked.add(List.copyOf(members));
        return later(new HashMap<>());
    }

    @Override
    CompletionStage<Set<String>> leave(List<Leave> leaves) {
        changes.add("leave " + leaves.stream().map(Leave::member).collect(Collectors.joining(" ")));
        return later(Set.copyOf(leaves.stream().map(Leave::member).distinct().toList()));
    }

    @Override
    CompletionStage<Long> count() {
        return later(0L);
    }

    @Override
    CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        return later(new MemberPage(List.of(), null));
    }

    @Override
    @SuppressWarnings("NullAway") // of the answer, which is none
    CompletionStage<@Nullable Void> reset() {
        changes.add("reset");
        return this.<@Nullable Void>later(null);
    }

    @Override
    CompletionStage<Changes> changesSince(@Nullable String cursor) {
        return new CompletableFuture<>();
    }

    @Override
    public Subscription onChange(TopicId topic, ChangeListener wake) {
        return () -> {};
    }

    @Override
    public int batchSlots() {
        return slots;
    }
}
