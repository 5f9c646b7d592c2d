package io.github.presence4j;

import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store of rooms that a test makes fail, silent or busy. It records the calls that watches make. */
final class UnevenRooms extends SingleTopicStore {
    /** The answers of the next polls; by default the room is quiet. */
    final Queue<CompletionStage<Changes>> polls = new ArrayDeque<>();

    final List<Integer> pageLimits = new ArrayList<>();
    int pages = 1;
    int slowPages;
    boolean failing;
    boolean silent;
    Duration untilNext = Changes.NEVER;
    long calls;

    static Changes quiet(boolean gap, Duration untilNext) {
        return new Changes("here", new Position(1, 0), List.of(), gap, untilNext);
    }

    static <T> CompletionStage<T> failure() {
        return CompletableFuture.failedFuture(new PresenceUnavailableException("The store is away", null));
    }

    @Override
    CompletionStage<Changes> changesSince(@Nullable String cursor) {
        calls++;
        CompletionStage<Changes> next = polls.poll();
        if (next != null) {
            return next;
        }
        if (silent) {
            return new CompletableFuture<>();
        }
        return failing ? failure() : CompletableFuture.completedFuture(quiet(cursor == null, untilNext));
    }

    @Override
    CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
        calls++;
        pageLimits.add(limit);
        if (slowPages > 0) {
            slowPages--;
            return failure();
        }
        int page = cursor == null ? 1 : Integer.parseInt(cursor);
        Member member = new Member("m" + page, Instant.EPOCH, List.of());
        return CompletableFuture.completedFuture(
                new MemberPage(List.of(member), page == pages ? null : String.valueOf(page + 1)));
    }

    @Override
    public Subscription onChange(TopicId topic, ChangeListener wake) {
        return () -> {};
    }
}
