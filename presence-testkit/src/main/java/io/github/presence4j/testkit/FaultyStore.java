package io.github.presence4j.testkit;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.NextChanges;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import io.github.presence4j.testkit.fault.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A decorator of the store under test: counts the round trips, sends signals on request, and can delay or fail calls. */
final class FaultyStore implements PresenceStore {
    private final PresenceStore store;
    private final AtomicLong trips = new AtomicLong();
    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final Set<CompletionStage<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile StoreFault fault = StoreFault.NONE;

    /** One watch loop, and how often it has looked at the store since it began. */
    private static final class Look {
        final TopicId topic;
        final ChangeListener listener;
        final AtomicLong begun = new AtomicLong();
        final AtomicLong done = new AtomicLong();

        Look(TopicId topic, ChangeListener listener) {
            this.topic = topic;
            this.listener = listener;
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
        looks.forEach(look -> look.listener.changed());
    }

    /** Wakes every watch loop and waits until each has had an answer to a question it asked after this began. */
    void look(Duration patience) {
        for (Look look : looks) {
            long before = look.begun.get();
            look.listener.changed();
            Eventually.await(
                    patience,
                    "a watch loop polls after a signal",
                    () -> look.done.get() > before || !looks.contains(look));
        }
    }

    /**
     * Waits until the store has ended every call that is under way now. A caller may have given up such a call, so that only the
     * store knows of it.
     */
    void settle(Duration patience) {
        List<CompletionStage<?>> begun = List.copyOf(underWay);
        Eventually.await(
                patience, "the calls under way have ended", () -> begun.stream().noneMatch(underWay::contains));
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public TopicStore topic(Topic topic) {
        return new FaultyTopic(store.topic(topic));
    }

    @Override
    public Subscription onChange(TopicId topic, ChangeListener listener) {
        Look look = new Look(topic, listener);
        looks.add(look);
        Subscription hints = store.onChange(topic, new ChangeListener() {
            @Override
            public void changed() {
                if (fault == StoreFault.NONE) {
                    listener.changed();
                }
            }

            @Override
            public void changed(NextChanges next) {
                if (fault == StoreFault.NONE) {
                    listener.changed(next);
                }
            }
        });
        return () -> {
            looks.remove(look);
            hints.close();
        };
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
            case NONE -> noted(call.get());
            case SILENT -> new CompletableFuture<>();
            case FOREIGN -> CompletableFuture.failedFuture(foreign());
            case THROWN -> throw foreign();
            case ERROR -> throw new StackOverflowError("thrown by the kit");
            case UNANSWERED -> unanswered(noted(call.get()));
            case ANSWER_LOST -> noted(call.get()).thenCompose(answer -> CompletableFuture.failedFuture(foreign()));
        };
    }

    private <T> CompletionStage<T> noted(CompletionStage<T> call) {
        underWay.add(call);
        call.whenComplete((value, failure) -> underWay.remove(call));
        return call;
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

    /** A topic of the store under test. Every call is a trip. */
    private final class FaultyTopic implements TopicStore {
        private final TopicStore real;

        FaultyTopic(TopicStore real) {
            this.real = real;
        }

        @Override
        public Topic topic() {
            return real.topic();
        }

        @Override
        public CompletionStage<TouchOutcome> touch(List<Touch> touches) {
            return through(() -> real.touch(touches));
        }

        @Override
        public CompletionStage<Set<String>> leave(List<Leave> leaves) {
            return through(() -> real.leave(leaves));
        }

        @Override
        public CompletionStage<Map<String, Member>> live(List<String> members) {
            return through(() -> real.live(members));
        }

        @Override
        public CompletionStage<Set<String>> liveAmong(List<String> members) {
            return through(() -> real.liveAmong(members));
        }

        @Override
        public CompletionStage<Long> count() {
            return through(real::count);
        }

        @Override
        public CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
            return through(() -> real.page(cursor, limit));
        }

        @Override
        public CompletionStage<NamePage> names(@Nullable String cursor, int limit) {
            return through(() -> real.names(cursor, limit));
        }

        @Override
        public CompletionStage<@Nullable Void> reset() {
            return through(real::reset);
        }

        @Override
        public CompletionStage<Changes> changesSince(@Nullable String cursor) {
            Map<Look, Long> asking = new HashMap<>();
            looks.stream()
                    .filter(look -> look.topic.equals(topic().id()))
                    .forEach(look -> asking.put(look, look.begun.incrementAndGet()));
            return through(() -> real.changesSince(cursor))
                    .whenComplete((changes, failure) ->
                            asking.forEach((look, number) -> look.done.accumulateAndGet(number, Math::max)));
        }

        @Override
        public CompletionStage<TouchResult> touch(Touch touch) {
            return through(() -> real.touch(touch));
        }

        @Override
        public CompletionStage<Boolean> isLive(String member) {
            return through(() -> real.isLive(member));
        }
    }
}
