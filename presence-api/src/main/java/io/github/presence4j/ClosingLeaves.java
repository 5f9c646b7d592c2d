package io.github.presence4j;

import io.github.presence4j.spi.AsyncFailures;
import io.github.presence4j.spi.Leave;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The leaves of all held sessions when a {@link Presence} closes: bulk calls of bounded size and number, each of which has the
 * whole timeout. After one that found the store out of reach no more are sent, since each would take the timeout to fail.
 */
final class ClosingLeaves {
    /** The number of calls under way. The sessions may be of as many topics. */
    private static final int UNDER_WAY = 64;

    private static final System.Logger LOG = System.getLogger(ClosingLeaves.class.getName());

    private final Queue<Bulk> underWay = new ArrayDeque<>();
    private int lost;
    private @Nullable Throwable failure;
    private boolean outage;

    private record Bulk(int size, CompletableFuture<Set<String>> answer) {}

    /** Sends the leaves of one topic. Waits while too many calls are under way. */
    void send(TopicCalls calls, List<Leave> leaves) {
        for (int from = 0; from < leaves.size(); from += LeaseBeats.BULK) {
            List<Leave> bulk = List.copyOf(leaves.subList(from, Math.min(leaves.size(), from + LeaseBeats.BULK)));
            if (underWay.size() == UNDER_WAY) {
                awaitOldest();
            }
            if (outage) {
                lost += bulk.size();
            } else {
                underWay.add(new Bulk(bulk.size(), calls.leave(bulk)));
            }
        }
    }

    /** Waits for all answers, and logs how many sessions could not leave. */
    void await() {
        while (!underWay.isEmpty()) {
            awaitOldest();
        }
        if (lost > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    lost + " held sessions could not leave; they expire with the TTL",
                    failure);
        }
    }

    private void awaitOldest() {
        Bulk oldest = underWay.remove();
        try {
            oldest.answer().join();
        } catch (CompletionException e) {
            Throwable cause = AsyncFailures.unwrap(e);
            lost += oldest.size();
            failure = cause;
            outage |= cause instanceof PresenceUnavailableException;
        }
    }
}
