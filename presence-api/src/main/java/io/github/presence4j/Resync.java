package io.github.presence4j;

import io.github.presence4j.spi.Changes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads who is live, page by page, while the topic goes on changing. After each page it reads what happened, and applies it: a
 * member without an event is as its page says, and a member with one is as its last event says. No log needs to outlast more than
 * one page.
 *
 * <p>It does not wait for a moment of silence. What happened before a page was answered is applied before the next page is asked
 * for; what happened later need not be. Only a topic that changes faster than a few answers can say is left unfinished: then
 * the view shows some members as they are after its position, and the events that follow change nothing for them.
 */
final class Resync {
    /** Of the store's answers after one page. */
    private static final int MAX_ANSWERS = 8;

    /** The view at a place in the history; not there if the history was cut off on the way. */
    record Outcome(View view, Changes at, boolean complete) {}

    private final TopicCalls calls;
    private final Executor executor;
    private final int pageLimit;
    private final View view = new View();

    Resync(TopicCalls calls, Executor executor, int pageLimit) {
        this.calls = calls;
        this.executor = executor;
        this.pageLimit = pageLimit;
    }

    CompletableFuture<Outcome> from(Changes start) {
        return step(null, start);
    }

    private CompletableFuture<Outcome> step(@Nullable String cursor, Changes seen) {
        return calls.page(cursor, pageLimit)
                .thenComposeAsync(
                        page -> {
                            page.members().forEach(view::add);
                            return replay(page.next(), seen, 1);
                        },
                        executor);
    }

    private CompletableFuture<Outcome> replay(@Nullable String next, Changes seen, int answers) {
        return calls.changesSince(seen.cursor())
                .thenComposeAsync(
                        changes -> {
                            if (changes.gap()) {
                                return CompletableFuture.completedFuture(new Outcome(view, changes, false));
                            }
                            changes.events().stream().filter(view::accepts).forEach(view::apply);
                            if (changes.untilNext().isZero() && answers < MAX_ANSWERS) {
                                return replay(next, changes, answers + 1);
                            }
                            return next == null
                                    ? CompletableFuture.completedFuture(new Outcome(view, changes, true))
                                    : step(next, changes);
                        },
                        executor);
    }
}
