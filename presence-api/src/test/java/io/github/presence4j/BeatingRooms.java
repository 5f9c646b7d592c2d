package io.github.presence4j;

import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store of rooms whose members beat, while nobody joins or leaves. It counts what watching asks of it. */
final class BeatingRooms extends SingleTopicStore {
    final List<ChangeListener> wakes = new ArrayList<>();
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
    CompletionStage<Changes> changesSince(@Nullable String cursor) {
        calls++;
        return CompletableFuture.completedFuture(
                new Changes("here", new Position(1, 0), List.of(), cursor == null, untilNext));
    }

    @Override
    CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        calls++;
        return CompletableFuture.completedFuture(
                new MemberPage(List.of(new Member("ana", Instant.EPOCH, List.of())), null));
    }

    @Override
    public Subscription onChange(TopicId topic, ChangeListener wake) {
        wakes.add(wake);
        return () -> {};
    }
}
