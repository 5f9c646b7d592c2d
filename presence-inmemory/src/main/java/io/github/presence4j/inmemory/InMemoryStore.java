package io.github.presence4j.inmemory;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import io.github.presence4j.cell.SlotCursor;
import io.github.presence4j.spi.ChangeListeners;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Presence within one process. Answers at once; a heartbeat of a live member is one compare-and-set and allocates nothing.
 * Thread-safe. While the machine is suspended, the clock may stop: {@code lastSeen} lags behind the wall clock afterwards.
 *
 * <p>Two {@link io.github.presence4j.Presence} objects see the same topics only if they share a store:
 *
 * <pre>{@code
 * InMemoryStore store = InMemoryStore.builder().maxMembers(1_000_000).build();
 * Presence presence = Presence.using(store, PresenceConfig.defaults());
 * }</pre>
 */
public final class InMemoryStore implements PresenceStore {
    private static final String CLOSED = "The in-memory store is closed; open another one";
    private static final CompletableFuture<TouchResult> RENEWED =
            CompletableFuture.completedFuture(TouchResult.RENEWED);
    private static final CompletableFuture<Boolean> TRUE = CompletableFuture.completedFuture(true);
    private static final CompletableFuture<Boolean> FALSE = CompletableFuture.completedFuture(false);

    private final StoreClock clock;
    final CellCache topics;
    private final MemberLimit room;
    final ChangeListeners<TopicId> hints = new ChangeListeners<>();
    private volatile boolean closed;

    private InMemoryStore(Builder builder) {
        this.clock = new StoreClock(builder.ticker);
        this.topics = new CellCache(builder.ticker);
        this.room = new MemberLimit(builder.maxMembers);
    }

    /** {@return a builder that holds the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public CompletionStage<TouchResult> touch(Topic topic, Touch touch) {
        LockedCell cell = closed ? null : topics.find(topic.id());
        if (cell != null && touch.session() == null && touch.data() == null) {
            long now = clock.millis();
            if (cell.renew(touch.member(), topic.ttl().toMillis(), now)) {
                tend(topic.id(), cell, now);
                return RENEWED;
            }
        }
        return touch(topic, List.of(touch)).thenApply(outcome -> outcome.of(touch));
    }

    @Override
    public CompletionStage<TouchOutcome> touch(Topic topic, Collection<Touch> touches) {
        return answer(() -> {
            List<TouchOutcome> outcomes = new ArrayList<>();
            BulkSteps.each(touches, step -> outcomes.add(touchStep(topic, step)));
            return TouchOutcome.union(outcomes);
        });
    }

    /**
     * Applies touches. If the store is full, removes expired members of any topic, never live ones, and repeats the refused
     * touches (E5).
     */
    private TouchOutcome touchStep(Topic topic, Collection<Touch> touches) {
        long ttl = topic.ttl().toMillis();
        TouchOutcome first = change(topic, cell -> cell.touch(touches, ttl));
        List<Touch> again = room.refused(touches, first);
        if (again.isEmpty() || !room.make(again.size(), clock.millis())) {
            return first;
        }
        again.forEach(first.refused()::remove);
        return TouchOutcome.union(List.of(first, change(topic, cell -> cell.touch(again, ttl))));
    }

    @Override
    public CompletionStage<Set<String>> leave(Topic topic, Collection<Leave> leaves) {
        return answer(() -> {
            Set<String> left = new HashSet<>();
            BulkSteps.each(leaves, step -> left.addAll(change(topic, cell -> cell.leave(step))));
            return left;
        });
    }

    @Override
    public CompletionStage<Boolean> isLive(Topic topic, String member) {
        LockedCell cell = topics.find(topic.id());
        if (cell == null || closed) {
            return closed ? refuse() : FALSE;
        }
        return cell.isLive(member, topic.window()) ? TRUE : FALSE;
    }

    @Override
    public CompletionStage<Map<String, Member>> live(Topic topic, Collection<String> members) {
        return answer(() -> {
            Map<String, Member> live = new HashMap<>();
            BulkSteps.each(
                    members,
                    step -> live.putAll(
                            read(topic, cell -> cell.look(look -> look.live(step), topic.window()), Map.of())));
            return live;
        });
    }

    @Override
    public CompletionStage<Set<String>> liveAmong(Topic topic, Collection<String> members) {
        return answer(() -> {
            Set<String> live = new HashSet<>();
            BulkSteps.each(
                    members,
                    step -> live.addAll(
                            read(topic, cell -> cell.look(look -> look.liveAmong(step), topic.window()), Set.of())));
            return live;
        });
    }

    @Override
    public CompletionStage<Long> count(Topic topic) {
        return answer(() -> read(topic, cell -> cell.count(topic.window()), 0L));
    }

    @Override
    public CompletionStage<MemberPage> page(Topic topic, @Nullable String cursor, int limit) {
        SlotCursor.pageSlot(cursor);
        return answer(() -> read(
                topic,
                cell -> cell.look(look -> look.page(cursor, limit), topic.window()),
                new MemberPage(List.of(), null)));
    }

    @Override
    public CompletionStage<NamePage> names(Topic topic, @Nullable String cursor, int limit) {
        if (cursor != null) {
            SlotCursor.parse(cursor);
        }
        return answer(() -> read(
                topic,
                cell -> cell.look(look -> look.names(cursor, limit), topic.window()),
                new NamePage(List.of(), true, null)));
    }

    @Override
    public CompletionStage<@Nullable Void> reset(Topic topic) {
        return answer(() -> {
            LockedCell cell = topics.find(topic.id());
            if (cell != null) {
                cell.reset();
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Changes> changesSince(Topic topic, @Nullable String cursor) {
        return answer(() -> change(topic, cell -> cell.changesSince(cursor)));
    }

    @Override
    public Subscription onChange(Topic topic, Runnable wake) {
        Subscription added = hints.add(topic.id(), wake);
        if (closed) {
            added.close();
            throw new IllegalStateException(CLOSED);
        }
        return added;
    }

    /** How many members are kept of a topic, at least 1 while anything is; for tests of G1 and G2. */
    long occupied(TopicId id) {
        topics.cleanUp();
        LockedCell cell = topics.find(id);
        return cell == null ? 0 : Math.max(1, cell.size());
    }

    /** What the store's clock says; for tests of T1. */
    Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** Forgets everything. Idempotent; what comes later fails. */
    @Override
    public void close() {
        closed = true;
        topics.clear();
        hints.clear();
    }

    private <T> T read(Topic topic, Function<LockedCell, T> question, T nobody) {
        LockedCell cell = topics.find(topic.id());
        return cell == null ? nobody : question.apply(cell);
    }

    /** Makes the cell where there is none; takes another one if it was retired just now. */
    private <T> T change(Topic topic, Function<LockedCell, @Nullable T> step) {
        TopicId id = topic.id();
        while (true) {
            LockedCell cell = topics.open(
                    id, key -> new LockedCell(clock, topic.ttl().toMillis(), room, () -> hints.signal(key)));
            T outcome = step.apply(cell);
            if (outcome != null) {
                tend(id, cell, clock.millis());
                return outcome;
            }
        }
    }

    /** Kept first: who finds that the cell was tended just now relies on it. */
    private void tend(TopicId id, LockedCell cell, long now) {
        if (cell.isTendingDue(now)) {
            topics.keep(id, cell);
            cell.tend(now);
        }
    }

    private <T extends @Nullable Object> CompletionStage<T> answer(Supplier<T> work) {
        if (closed) {
            return refuse();
        }
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T extends @Nullable Object> CompletionStage<T> refuse() {
        return CompletableFuture.failedFuture(new PresenceUnavailableException(CLOSED, null));
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private Ticker ticker = Ticker.systemTicker();
        private long maxMembers = Long.MAX_VALUE;

        private Builder() {}

        /**
         * Sets the clock, {@link System#nanoTime} by default.
         *
         * @param ticker monotonic nanoseconds (T2); replaced by tests
         * @return this
         */
        public Builder ticker(Ticker ticker) {
            this.ticker = Objects.requireNonNull(ticker, "ticker");
            return this;
        }

        /**
         * Bounds the members of all topics together; unbounded by default. At the bound newcomers are refused with a
         * {@link io.github.presence4j.PresenceCapacityException}, and nobody who is live is evicted (E5).
         *
         * @param maxMembers at least 1
         * @return this
         */
        public Builder maxMembers(long maxMembers) {
            if (maxMembers < 1) {
                throw new IllegalArgumentException("maxMembers must be at least 1 but was " + maxMembers);
            }
            this.maxMembers = maxMembers;
            return this;
        }

        /** {@return the store} */
        public InMemoryStore build() {
            return new InMemoryStore(this);
        }
    }
}
