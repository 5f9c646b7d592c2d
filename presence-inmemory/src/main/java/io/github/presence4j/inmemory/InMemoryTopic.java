package io.github.presence4j.inmemory;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import io.github.presence4j.cell.SlotCursor;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One topic of a store in memory. Finds the cell in every call and keeps none: a cell is retired when the topic has not been
 * touched for long, and another one takes its place.
 */
final class InMemoryTopic implements TopicStore {
    private static final CompletableFuture<TouchResult> RENEWED =
            CompletableFuture.completedFuture(TouchResult.RENEWED);
    private static final CompletableFuture<Boolean> TRUE = CompletableFuture.completedFuture(true);
    private static final CompletableFuture<Boolean> FALSE = CompletableFuture.completedFuture(false);

    private final InMemoryStore store;
    private final Topic topic;
    private final long ttl;

    InMemoryTopic(InMemoryStore store, Topic topic) {
        this.store = store;
        this.topic = topic;
        this.ttl = topic.ttl().toMillis();
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public CompletionStage<TouchResult> touch(Touch touch) {
        LockedCell cell = store.isClosed() ? null : store.topics.find(topic.id());
        if (cell != null) {
            long now = store.clock.millis();
            if (cell.renew(touch, ttl, now)) {
                tend(cell, now);
                return RENEWED;
            }
        }
        return touch(List.of(touch)).thenApply(outcome -> outcome.of(touch));
    }

    @Override
    public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
        return answer(() -> {
            List<TouchOutcome> outcomes = new ArrayList<>();
            BulkSteps.each(touches, step -> outcomes.add(touchStep(step)));
            return TouchOutcome.union(outcomes);
        });
    }

    /**
     * Applies touches. If the store is full, removes expired members of any topic, never live ones, and repeats the refused
     * touches (E5).
     */
    private TouchOutcome touchStep(Collection<Touch> touches) {
        TouchOutcome first = change(cell -> cell.touch(touches, ttl));
        List<Touch> again = store.room.refused(touches, first);
        if (again.isEmpty() || !store.room.make(again.size(), store.clock.millis())) {
            return first;
        }
        again.forEach(first.refused()::remove);
        return TouchOutcome.union(List.of(first, change(cell -> cell.touch(again, ttl))));
    }

    @Override
    public CompletionStage<Set<String>> leave(List<Leave> leaves) {
        return answer(() -> {
            Set<String> left = new HashSet<>();
            BulkSteps.each(leaves, step -> left.addAll(change(cell -> cell.leave(step))));
            return left;
        });
    }

    @Override
    public CompletionStage<Boolean> isLive(String member) {
        LockedCell cell = store.topics.find(topic.id());
        if (cell == null || store.isClosed()) {
            return store.isClosed() ? refuse() : FALSE;
        }
        return cell.isLive(member, topic.window()) ? TRUE : FALSE;
    }

    @Override
    public CompletionStage<Map<String, Member>> live(List<String> members) {
        return answer(() -> {
            Map<String, Member> live = new HashMap<>();
            BulkSteps.each(
                    members,
                    step -> live.putAll(read(cell -> cell.look(look -> look.live(step), topic.window()), Map.of())));
            return live;
        });
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(List<String> members) {
        return answer(() -> {
            Set<String> live = new HashSet<>();
            BulkSteps.each(
                    members,
                    step -> live.addAll(
                            read(cell -> cell.look(look -> look.liveAmong(step), topic.window()), Set.of())));
            return live;
        });
    }

    @Override
    public CompletionStage<Long> count() {
        return answer(() -> read(cell -> cell.count(topic.window()), 0L));
    }

    @Override
    public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        SlotCursor.pageSlot(cursor);
        return answer(() -> read(
                cell -> cell.look(look -> look.page(cursor, limit), topic.window()), new MemberPage(List.of(), null)));
    }

    @Override
    public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
        if (cursor != null) {
            SlotCursor.parse(cursor);
        }
        return answer(() -> read(
                cell -> cell.look(look -> look.names(cursor, limit), topic.window()),
                new NamePage(List.of(), true, null)));
    }

    @Override
    public CompletionStage<@Nullable Void> reset() {
        return answer(() -> {
            LockedCell cell = store.topics.find(topic.id());
            if (cell != null) {
                cell.reset();
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Changes> changesSince(@Nullable String cursor) {
        return answer(() -> change(cell -> cell.changesSince(cursor)));
    }

    private <T> T read(Function<LockedCell, T> question, T nobody) {
        LockedCell cell = store.topics.find(topic.id());
        return cell == null ? nobody : question.apply(cell);
    }

    /** Makes the cell where there is none; takes another one if it was retired just now. */
    private <T> T change(Function<LockedCell, @Nullable T> step) {
        while (true) {
            LockedCell cell = store.topics.open(
                    topic.id(), key -> new LockedCell(store.clock, ttl, store.room, () -> store.signals.signal(key)));
            T outcome = step.apply(cell);
            if (outcome != null) {
                tend(cell, store.clock.millis());
                return outcome;
            }
        }
    }

    /** Keeps the cell before it is marked as tended: a caller that finds the mark relies on the cell being kept. */
    private void tend(LockedCell cell, long now) {
        if (cell.isTendingDue(now)) {
            store.topics.keep(topic.id(), cell);
            cell.tend(now);
        }
    }

    private <T extends @Nullable Object> CompletionStage<T> answer(Supplier<T> work) {
        if (store.isClosed()) {
            return refuse();
        }
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T extends @Nullable Object> CompletionStage<T> refuse() {
        return CompletableFuture.failedFuture(new PresenceUnavailableException(InMemoryStore.CLOSED, null));
    }
}
