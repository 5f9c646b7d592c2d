package io.github.presence4j.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for another call: for one with the same key that is being retried after a pause, or for the first one to a
 * server. Used by one thread at a time.
 */
final class Holds {
    private final Map<String, Held> retried = new HashMap<>();
    private final Set<Node> opening = new HashSet<>();

    /** The calls that may be sent now. They were made before any unsent call with the same key. */
    private final Queue<Call<?>> released = new ArrayDeque<>();

    Queue<Call<?>> released() {
        return released;
    }

    /** Holds a call if it must wait. Returns whether it must. */
    boolean hold(Call<?> call, @Nullable Node node) {
        Held before = retried.get(call.key);
        if (before != null) {
            before.add(call);
            return true;
        }
        if (node != null && node.isBusyOpening()) {
            opening.add(node);
            node.held.add(call);
            return true;
        }
        return false;
    }

    /** Holds a call for a retry after a pause. {@code begin} starts the pause if there is none for its key. */
    void retry(Call<?> call, Runnable begin) {
        Held held = retried.get(call.key);
        if (held == null) {
            held = new Held();
            retried.put(call.key, held);
            begin.run();
        }
        held.add(call);
    }

    void pauseIsOver(String key) {
        Held held = retried.remove(key);
        if (held != null) {
            released.addAll(held.release());
        }
    }

    /**
     * Releases the calls to a server after the first one was answered. If it could not connect, another call becomes the first.
     */
    void answered(Node node, boolean isOpen) {
        node.answered(isOpen);
        opening.remove(node);
        released.addAll(node.held.release());
    }

    /** Removes and returns the overdue calls that wait for a retry. */
    List<Call<?>> overdueRetries(long now) {
        List<Call<?>> overdue = new ArrayList<>();
        retried.values().forEach(held -> overdue.addAll(held.overdue(now)));
        return overdue;
    }

    /** Removes and returns the overdue calls to servers that are being connected. */
    List<Call<?>> overdueOpenings(long now) {
        List<Call<?>> overdue = new ArrayList<>();
        opening.forEach(node -> overdue.addAll(node.held.overdue(now)));
        return overdue;
    }

    /** Removes and returns all calls. */
    List<Call<?>> releaseAll() {
        List<Call<?>> all = new ArrayList<>();
        retried.values().forEach(held -> all.addAll(held.release()));
        opening.forEach(node -> all.addAll(node.held.release()));
        return all;
    }
}
