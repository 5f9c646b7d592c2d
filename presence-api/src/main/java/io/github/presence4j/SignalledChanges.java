package io.github.presence4j;

import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.NextChanges;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The changes that came with signals and have not been delivered. They are used only as far as they follow without a gap; anything
 * else makes the watch poll. Bounded. Thread-safe.
 */
final class SignalledChanges {
    private static final int MAX_WAITING = 64;

    private final Queue<NextChanges> waiting = new ArrayDeque<>();
    private boolean incomplete;

    /** Adds what a signal carries. If too much waits, all of it is dropped: one poll reads that faster. */
    synchronized void add(NextChanges next) {
        if (waiting.size() == MAX_WAITING) {
            waiting.clear();
            incomplete = true;
        } else {
            waiting.add(next);
        }
    }

    /** Removes and returns the changes that come next, or null if there are none. Drops those that the watch has received. */
    synchronized @Nullable Changes next(Changes last) {
        for (NextChanges next = waiting.poll(); next != null; next = waiting.poll()) {
            if (next.follow(last)) {
                return next.changes();
            }
            incomplete = !next.end(last);
        }
        return null;
    }

    /** Returns once whether changes were dropped that the watch may not have received. */
    synchronized boolean takeIncomplete() {
        boolean taken = incomplete;
        incomplete = false;
        return taken;
    }
}
