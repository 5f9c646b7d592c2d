package io.github.presence4j;

import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.QuotedText;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The polls of one watch: reads the changes, and all members where events are lost. After a failed resynchronisation the next one
 * reads smaller pages (B2). Used by one step of the watch at a time.
 */
final class TopicPoll {
    private static final int MIN_PAGE = 10;

    private final TopicCalls calls;
    private final Executor steps;
    private int pageLimit = TopicCalls.PAGE;
    private boolean resyncing;

    /** The answer of a poll. The view is present if the poll had to read the topic. */
    record Answer(Changes at, @Nullable MemberView view) {}

    TopicPoll(TopicCalls calls, Executor steps) {
        this.calls = calls;
        this.steps = steps;
    }

    CompletableFuture<Answer> read(@Nullable String cursor) {
        return calls.changesSince(cursor)
                .thenComposeAsync(
                        changes -> changes.gap()
                                ? resync(changes)
                                : CompletableFuture.completedFuture(new Answer(changes, null)),
                        steps);
    }

    private CompletableFuture<Answer> resync(Changes gap) {
        resyncing = true;
        return new Resync(calls, steps, pageLimit)
                .from(gap)
                .thenApply(outcome -> new Answer(outcome.at(), outcome.complete() ? outcome.view() : null));
    }

    void succeeded() {
        pageLimit = resyncing ? Math.min(TopicCalls.PAGE, pageLimit * 2) : pageLimit;
        resyncing = false;
    }

    void failed() {
        pageLimit = resyncing ? Math.max(MIN_PAGE, pageLimit / 4) : pageLimit;
        resyncing = false;
    }

    /** Returns the failure of a resynchronisation that the topic's log was too short for. */
    PresenceException tooShort() {
        return new PresenceException(
                "Topic " + QuotedText.of(calls.topic().name()) + " changes too fast: its log ended before a page of "
                        + pageLimit + " members was read",
                null);
    }
}
