package io.github.presence4j.testkit;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A decorator of the store under test: counts the round trips, sends signals on request, and can delay or fail calls. */
final class FaultyStore implements PresenceStore {
    private final PresenceStore store;
    private final AtomicLong trips = new AtomicLong();
    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private volatile StoreFault fault = StoreFault.NONE;

    /** One watch loop, and how often it has looked at the store since it began. */
    private static final class Look {
        final Topic topic;
        final Runnable wake;
        final AtomicLong begun = new AtomicLong();
        final AtomicLong done = new AtomicLong();

        Look(Topic topic, Runnable wake) {
            this.topic = topic;
            this.wake = wake;
        }
    }

    FaultyStore(PresenceStore store) {
        this.store = store;
    }

    void disturb(StoreFault kind) {
        this.fault = kind;
    }

    /** Ends the fault, and sends a signal as a restored link does. */
    void restore() {
        fault = StoreFault.NONE;
        wake();
    }

    long trips() {
        return trips.get();
    }

    void wake() {
        looks.forEach(look -> look.wake.run());
    }

    /** Wakes every watch loop and waits until each has had an answer to a question it asked after this began. */
    void look(Deadline deadline) {
        for (Look look : looks) {
            long before = look.begun.get();
            look.wake.run();
            deadline.await("a watch loop looks after a hint", () -> look.done.get() > before || !looks.contains(look));
        }
    }

    @Override
    public CompletionStage<TouchOutcome> touch(Topic topic, Collection<Touch> touches) {
        return through(() -> store.touch(topic, touches));
    }

    @Override
    public CompletionStage<Set<String>> leave(Topic topic, Collection<Leave> leaves) {
        return through(() -> store.leave(topic, leaves));
    }

    @Override
    public CompletionStage<Map<String, Member>> live(Topic topic, Collection<String> members) {
        return through(() -> store.live(topic, members));
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(Topic topic, Collection<String> members) {
        return through(() -> store.liveAmong(topic, members));
    }

    @Override
    public CompletionStage<Long> count(Topic topic) {
        return through(() -> store.count(topic));
    }

    @Override
    public CompletionStage<MemberPage> page(Topic topic, @Nullable String cursor, int limit) {
        return through(() -> store.page(topic, cursor, limit));
    }

    @Override
    public CompletionStage<NamePage> names(Topic topic, @Nullable String cursor, int limit) {
        return through(() -> store.names(topic, cursor, limit));
    }

    @Override
    public CompletionStage<Void> reset(Topic topic) {
        return through(() -> store.reset(topic));
    }

    @Override
    public CompletionStage<Changes> changesSince(Topic topic, @Nullable String cursor) {
        Map<Look, Long> asking = new HashMap<>();
        looks.stream()
                .filter(look -> look.topic.equals(topic))
                .forEach(look -> asking.put(look, look.begun.incrementAndGet()));
        return through(() -> store.changesSince(topic, cursor))
                .whenComplete((changes, failure) ->
                        asking.forEach((look, number) -> look.done.accumulateAndGet(number, Math::max)));
    }

    @Override
    public Subscription onChange(Topic topic, Runnable wake) {
        Look look = new Look(topic, wake);
        looks.add(look);
        Subscription hints = store.onChange(topic, () -> {
            if (fault == StoreFault.NONE) {
                wake.run();
            }
        });
        return () -> {
            looks.remove(look);
            hints.close();
        };
    }

    @Override
    public CompletionStage<TouchResult> touch(Topic topic, Touch touch) {
        return through(() -> store.touch(topic, touch));
    }

    @Override
    public CompletionStage<Boolean> isLive(Topic topic, String member) {
        return through(() -> store.isLive(topic, member));
    }

    @Override
    public int batchSlots() {
        return store.batchSlots();
    }

    @Override
    public void close() {
        store.close();
    }

    private <T> CompletionStage<T> through(Supplier<CompletionStage<T>> call) {
        trips.incrementAndGet();
        return switch (fault) {
            case NONE -> call.get();
            case SILENT -> new CompletableFuture<>();
            case FOREIGN -> CompletableFuture.failedFuture(foreign());
            case THROWN -> throw foreign();
            case ERROR -> throw new StackOverflowError("thrown by the kit");
            case UNANSWERED -> unanswered(call.get());
            case ANSWER_LOST -> call.get().thenCompose(answer -> CompletableFuture.failedFuture(foreign()));
        };
    }

    private static <T> CompletionStage<T> unanswered(CompletionStage<T> answer) {
        CompletableFuture<T> never = new CompletableFuture<>();
        never.whenComplete((value, failure) -> answer.toCompletableFuture().cancel(false));
        return never;
    }

    /** Stands for whatever a client library throws. */
    private static RuntimeException foreign() {
        return new UncheckedIOException("connection reset by the kit", new IOException("reset"));
    }
}
