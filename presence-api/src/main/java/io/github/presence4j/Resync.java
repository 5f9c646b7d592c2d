package io.github.presence4j;

import io.github.presence4j.spi.Changes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the live members, page by page, while the topic keeps changing. After each page it reads the events since, and applies
 * them: a member without an event is as its page says, and a member with one is as its last event says. The log needs to cover
 * only the time of one page.
 *
 * <p>It does not wait for a pause in the changes. Events from before a page was answered are applied before the next page is
 * read; later ones need not be. If a topic changes faster than {@link #MAX_ANSWERS} answers can report, the resynchronisation
 * ends with some members ahead of the position of the view. The events that follow then change nothing for them.
 */
final class Resync {
    /** The most answers that are read after one page. */
    private static final int MAX_ANSWERS = 8;

    /** The result. {@code complete} is false if the log was cut off during the read; then the view must not be used. */
    record Outcome(MemberView view, Changes at, boolean complete) {}

    private final TopicCalls calls;
    private final Executor executor;
    private final int pageLimit;
    private final MemberView view = new MemberView();

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
