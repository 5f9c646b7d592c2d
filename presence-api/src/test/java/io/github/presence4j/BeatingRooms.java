package io.github.presence4j;

import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store of rooms whose members beat, while nobody joins or leaves. It counts what watching asks of it. */
final class BeatingRooms implements PresenceStore {
    final List<Runnable> wakes = new ArrayList<>();
    private final Duration untilNext;
    private long calls;

    /** Whoever beats puts off the next timeout: whenever it is asked for, it is at least that far away. */
    BeatingRooms(Duration untilNext) {
        this.untilNext = untilNext;
    }

    /** Since this was asked last. */
    long calls() {
        long made = calls;
        calls = 0;
        return made;
    }

    @Override
    public CompletionStage<Changes> changesSince(Topic topic, @Nullable String cursor) {
        calls++;
        return CompletableFuture.completedFuture(
                new Changes("here", new Position(1, 0), List.of(), cursor == null, untilNext));
    }

    @Override
    public CompletionStage<MemberPage> page(Topic topic, @Nullable String cursor, int limit) {
        calls++;
        return CompletableFuture.completedFuture(
                new MemberPage(List.of(new Member("ana", Instant.EPOCH, List.of())), null));
    }

    @Override
    public Subscription onChange(Topic topic, Runnable wake) {
        wakes.add(wake);
        return () -> {};
    }

    @Override
    public CompletionStage<TouchOutcome> touch(Topic topic, Collection<Touch> touches) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Set<String>> leave(Topic topic, Collection<Leave> leaves) {
        throw new UnsupportedOperationException();
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
    public CompletionStage<Void> reset(Topic topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
