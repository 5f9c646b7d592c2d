package io.github.presence4j;

import io.github.presence4j.spi.Changes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Reads who is live, page by page, while the topic goes on changing. Between the pages it reads what happened, and applies
 * it: a member without an event is as its page says, and a member with one is as its last event says, wherever its page
 * stood. So at the end the view is exact at the position of the last event, and no log needs to outlast more than one page.
 */
final class Resync {

    /** The exact view at a place in the history; not there if the history was cut off on the way. */
    record Outcome(View view, Changes at, boolean complete) {}

    private final TopicCalls calls;
    private final Executor executor;
    private final View view = new View();

    Resync(TopicCalls calls, Executor executor) {
        this.calls = calls;
        this.executor = executor;
    }

    CompletableFuture<Outcome> from(Changes start) {
        return step("", start);
    }

    /** An empty cursor stands for the first page. */
    private CompletableFuture<Outcome> step(String cursor, Changes seen) {
        return calls.page(cursor.isEmpty() ? null : cursor, TopicCalls.PAGE)
                .thenComposeAsync(
                        page -> {
                            page.members().forEach(view::add);
                            return replay(page.next() == null, page.next() == null ? "" : page.next(), seen);
                        },
                        executor);
    }

    private CompletableFuture<Outcome> replay(boolean last, String next, Changes seen) {
        return calls.changesSince(seen.cursor())
                .thenComposeAsync(
                        changes -> {
                            if (changes.gap()) {
                                return CompletableFuture.completedFuture(new Outcome(view, changes, false));
                            }
                            changes.events().stream().filter(view::accepts).forEach(view::apply);
                            if (changes.untilNext().isZero()) {
                                return replay(last, next, changes);
                            }
                            return last
                                    ? CompletableFuture.completedFuture(new Outcome(view, changes, true))
                                    : step(next, changes);
                        },
                        executor);
    }
}
