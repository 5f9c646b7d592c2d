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
final class CommandHolds {
    private final Map<String, HeldCommands> retried = new HashMap<>();
    private final Set<ServerState> opening = new HashSet<>();

    /** The calls that may be sent now. They were made before any unsent call with the same key. */
    private final Queue<QueuedCommand<?>> released = new ArrayDeque<>();

    Queue<QueuedCommand<?>> released() {
        return released;
    }

    /** Holds a call if it must wait. Returns whether it must. */
    boolean hold(QueuedCommand<?> call, @Nullable ServerState node) {
        HeldCommands before = retried.get(call.key);
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
    void retry(QueuedCommand<?> call, Runnable begin) {
        HeldCommands held = retried.get(call.key);
        if (held == null) {
            held = new HeldCommands();
            retried.put(call.key, held);
            begin.run();
        }
        held.add(call);
    }

    void pauseIsOver(String key) {
        HeldCommands held = retried.remove(key);
        if (held != null) {
            released.addAll(held.release());
        }
    }

    /**
     * Releases the calls to a server after the first one was answered. If it could not connect, another call becomes the first.
     */
    void answered(ServerState node, boolean isOpen) {
        node.answered(isOpen);
        opening.remove(node);
        released.addAll(node.held.release());
    }

    /** Removes and returns the overdue calls that wait for a retry. */
    List<QueuedCommand<?>> overdueRetries(long now) {
        List<QueuedCommand<?>> overdue = new ArrayList<>();
        retried.values().forEach(held -> overdue.addAll(held.overdue(now)));
        return overdue;
    }

    /** Removes and returns the overdue calls to servers that are being connected. */
    List<QueuedCommand<?>> overdueOpenings(long now) {
        List<QueuedCommand<?>> overdue = new ArrayList<>();
        opening.forEach(node -> overdue.addAll(node.held.overdue(now)));
        return overdue;
    }

    /** Removes and returns all calls. */
    List<QueuedCommand<?>> releaseAll() {
        List<QueuedCommand<?>> all = new ArrayList<>();
        retried.values().forEach(held -> all.addAll(held.release()));
        opening.forEach(node -> all.addAll(node.held.release()));
        return all;
    }
}
