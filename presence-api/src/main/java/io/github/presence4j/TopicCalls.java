package io.github.presence4j;

import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every operation on one topic, once: arguments checked, bounded, failures translated. Both public views rest on it. */
final class TopicCalls {
    /** Large enough that a listing is few trips, small enough that no trip stalls a store (R3). */
    static final int PAGE = 1000;

    /** Names alone are lighter. */
    private static final int NAMES = 8000;

    private static final int MAX_PAGE = 10_000;

    private final CallDeadlines calls;
    private final PresenceStore store;
    private final SingleCalls singles;
    private final TopicStore topic;

    TopicCalls(CallDeadlines calls, PresenceStore store, SingleCalls singles, Topic topic) {
        this.calls = calls;
        this.store = store;
        this.singles = singles;
        this.topic = store.topic(topic);
    }

    Topic topic() {
        return topic.topic();
    }

    boolean isClosed() {
        return calls.isClosed();
    }

    void requireOpen() {
        calls.requireOpen();
    }

    TopicCalls within(@Nullable Duration window) {
        return new TopicCalls(calls, store, singles, new Topic(topic().id(), topic().ttl(), window));
    }

    CompletableFuture<TouchResult> touch(Touch touch) {
        calls.requireOpen();
        return singles.touch(topic, ArgumentChecks.touch(touch));
    }

    CompletableFuture<Set<String>> touch(Collection<Touch> touches) {
        List<Touch> checked = ArgumentChecks.each("touches", touches, ArgumentChecks::touch);
        if (checked.isEmpty()) {
            calls.requireOpen();
            return CompletableFuture.completedFuture(Set.of());
        }
        return touchEach(checked).thenApply(outcome -> {
            outcome.requireNoneRefused();
            return outcome.joined();
        });
    }

    /** Sends touches whose arguments have been checked. Refused touches do not fail the call. */
    CompletableFuture<TouchOutcome> touchEach(List<Touch> checked) {
        calls.requireOpen();
        return singles.touch(topic, checked);
    }

    static List<Touch> touches(Collection<String> members) {
        Objects.requireNonNull(members, "members");
        return members.stream().map(Touch::of).toList();
    }

    CompletableFuture<Boolean> leave(String member, @Nullable String session) {
        ArgumentChecks.name("member", member);
        if (session != null) {
            ArgumentChecks.name("session", session);
        }
        calls.requireOpen();
        return singles.leave(topic, new Leave(member, session));
    }

    CompletableFuture<Set<String>> leave(List<Leave> leaves) {
        calls.requireOpen();
        return singles.leave(topic, leaves);
    }

    CompletableFuture<Boolean> isLive(String member) {
        calls.requireOpen();
        return singles.isLive(topic, ArgumentChecks.name("member", member));
    }

    CompletableFuture<Optional<Member>> member(String member) {
        ArgumentChecks.name("member", member);
        return ask(() -> topic.live(List.of(member))).thenApply(live -> Optional.ofNullable(live.get(member)));
    }

    CompletableFuture<Set<String>> liveAmong(Collection<String> members) {
        List<String> checked = ArgumentChecks.each("members", members, member -> ArgumentChecks.name("member", member));
        return ask(() -> checked.isEmpty() ? CompletableFuture.completedFuture(Set.of()) : topic.liveAmong(checked));
    }

    /** Reads members whose names come from the store, so that they need no check. */
    CompletableFuture<Map<String, Member>> live(Collection<String> members) {
        List<String> names = List.copyOf(members);
        return ask(() -> topic.live(names));
    }

    CompletableFuture<Optional<Instant>> lastSeen(String member) {
        return member(member).thenApply(found -> found.map(Member::lastSeen));
    }

    CompletableFuture<Long> count() {
        return ask(topic::count);
    }

    CompletableFuture<MemberPage> page(@Nullable String cursor, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit must be from 1 to " + MAX_PAGE + " but was " + limit);
        }
        calls.requireOpen();
        try {
            return calls.bound(topic.page(cursor, limit));
        } catch (IllegalArgumentException wrongCursor) {
            throw wrongCursor;
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(calls.translate(e));
        }
    }

    /**
     * Reads all names, one round trip after another. The next trip is under way while the names of one are collected. Each
     * continues on a callback thread. So a store that answers at once does not deepen the stack, and no thread of the store
     * copies names.
     */
    CompletableFuture<List<String>> list() {
        return list(names(null), new NameCollector(), calls.callbacks());
    }

    private CompletableFuture<List<String>> list(
            CompletableFuture<NamePage> part, NameCollector listing, Executor executor) {
        return part.thenComposeAsync(
                page -> {
                    if (page.next() == null) {
                        return CompletableFuture.completedFuture(listing.end(page));
                    }
                    CompletableFuture<NamePage> next = names(page.next());
                    listing.add(page);
                    return list(next, listing, executor);
                },
                executor);
    }

    List<String> listBlocking() {
        NameCollector listing = new NameCollector();
        NamePage page = calls.await(names(null));
        while (page.next() != null) {
            CompletableFuture<NamePage> next = names(page.next());
            listing.add(page);
            page = calls.await(next);
        }
        return listing.end(page);
    }

    private CompletableFuture<NamePage> names(@Nullable String cursor) {
        return ask(() -> topic.names(cursor, NAMES));
    }

    CompletableFuture<@Nullable Void> reset() {
        calls.requireOpen();
        return singles.reset(topic);
    }

    CompletableFuture<Changes> changesSince(@Nullable String cursor) {
        return ask(() -> topic.changesSince(cursor));
    }

    Subscription onChange(ChangeListener listener) {
        return store.onChange(topic().id(), listener);
    }

    /** Returns the stage for an asynchronous caller. Its callbacks run on threads where they cannot delay other calls (E8). */
    <T extends @Nullable Object> CompletionStage<T> deliver(CompletableFuture<T> answer) {
        return deliver(answer, Function.identity());
    }

    /** Returns the stage of a part of the answer. */
    <T extends @Nullable Object, R extends @Nullable Object> CompletionStage<R> deliver(
            CompletableFuture<T> answer, Function<? super T, ? extends R> part) {
        return calls.callbacks().stage(answer, part);
    }

    <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
        return calls.await(answer);
    }

    private <T extends @Nullable Object> CompletableFuture<T> ask(Supplier<CompletionStage<T>> call) {
        calls.requireOpen();
        return calls.make(call);
    }
}
