package io.github.presence4j;

import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.NamePage;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every operation on one topic, once: arguments checked, bounded, failures translated. Both public views rest on it. */
final class TopicCalls {
    /** Large enough that a listing is few trips, small enough that no trip stalls a store (R3). */
    static final int PAGE = 1000;

    /** Names alone are lighter. */
    private static final int NAMES = 8000;

    private static final int MAX_PAGE = 10_000;

    private final Calls calls;
    private final PresenceStore store;
    private final Singles singles;
    private final Topic topic;

    TopicCalls(Calls calls, PresenceStore store, Singles singles, Topic topic) {
        this.calls = calls;
        this.store = store;
        this.singles = singles;
        this.topic = topic;
    }

    Topic topic() {
        return topic;
    }

    boolean isClosed() {
        return calls.isClosed();
    }

    void requireOpen() {
        calls.requireOpen();
    }

    TopicCalls within(@Nullable Duration window) {
        return new TopicCalls(calls, store, singles, new Topic(topic.id(), topic.ttl(), window));
    }

    CompletableFuture<TouchResult> touch(Touch touch) {
        calls.requireOpen();
        return singles.touch(topic, Arguments.touch(touch));
    }

    CompletableFuture<Set<String>> touch(Collection<Touch> touches) {
        List<Touch> checked = List.copyOf(touches);
        checked.forEach(Arguments::touch);
        return checked.isEmpty()
                ? nothing(Set.of())
                : touchEach(checked).thenApply(outcome -> {
                    outcome.requireNoneRefused();
                    return outcome.joined();
                });
    }

    /** Of checked touches. Those that a bound refuses do not fail the call. */
    CompletableFuture<TouchOutcome> touchEach(List<Touch> checked) {
        return ask(() -> store.touch(topic, checked));
    }

    CompletableFuture<Boolean> leave(String member, @Nullable String session) {
        Arguments.name("member", member);
        if (session != null) {
            Arguments.name("session", session);
        }
        return leave(List.of(new Leave(member, session))).thenApply(left -> !left.isEmpty());
    }

    CompletableFuture<Set<String>> leave(List<Leave> leaves) {
        return ask(() -> store.leave(topic, leaves));
    }

    CompletableFuture<Boolean> isLive(String member) {
        calls.requireOpen();
        return singles.isLive(topic, Arguments.name("member", member));
    }

    CompletableFuture<Optional<Member>> member(String member) {
        Arguments.name("member", member);
        return ask(() -> store.live(topic, List.of(member))).thenApply(live -> Optional.ofNullable(live.get(member)));
    }

    CompletableFuture<Set<String>> liveAmong(Collection<String> members) {
        List<String> checked = List.copyOf(members);
        checked.forEach(member -> Arguments.name("member", member));
        return checked.isEmpty() ? nothing(Set.of()) : ask(() -> store.liveAmong(topic, checked));
    }

    /** Members whose names a store has given, so that they need no check. */
    CompletableFuture<Map<String, Member>> live(Collection<String> members) {
        return ask(() -> store.live(topic, members));
    }

    CompletableFuture<Optional<Instant>> lastSeen(String member) {
        return member(member).thenApply(found -> found.map(Member::lastSeen));
    }

    CompletableFuture<Long> count() {
        return ask(() -> store.count(topic));
    }

    CompletableFuture<MemberPage> page(@Nullable String cursor, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit must be from 1 to " + MAX_PAGE + " but was " + limit);
        }
        calls.requireOpen();
        try {
            return calls.bound(store.page(topic, cursor, limit));
        } catch (IllegalArgumentException wrongCursor) {
            throw wrongCursor;
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(calls.translate(e));
        }
    }

    /**
     * All there is, trip by trip: the next is under way while the names of one are put together. Each goes on in the executor, so a
     * store that answers at once does not deepen the stack.
     */
    CompletableFuture<List<String>> list(Executor executor) {
        return list(names(null), new Listing(), executor);
    }

    private CompletableFuture<List<String>> list(CompletableFuture<NamePage> part, Listing listing, Executor executor) {
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
        Listing listing = new Listing();
        NamePage page = calls.await(names(null));
        while (page.next() != null) {
            CompletableFuture<NamePage> next = names(page.next());
            listing.add(page);
            page = calls.await(next);
        }
        return listing.end(page);
    }

    private CompletableFuture<NamePage> names(@Nullable String cursor) {
        return ask(() -> store.names(topic, cursor, NAMES));
    }

    CompletableFuture<@Nullable Void> reset() {
        return this.<@Nullable Void>ask(() -> store.reset(topic));
    }

    CompletableFuture<Changes> changesSince(@Nullable String cursor) {
        return ask(() -> store.changesSince(topic, cursor));
    }

    Subscription onChange(Runnable wake) {
        return store.onChange(topic, wake);
    }

    <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
        return calls.await(answer);
    }

    private <T extends @Nullable Object> CompletableFuture<T> nothing(T answer) {
        calls.requireOpen();
        return CompletableFuture.completedFuture(answer);
    }

    /** A store that throws instead of failing its stage is treated the same. */
    private <T extends @Nullable Object> CompletableFuture<T> ask(Supplier<CompletionStage<T>> call) {
        calls.requireOpen();
        try {
            return calls.bound(call.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(calls.translate(e));
        }
    }
}
