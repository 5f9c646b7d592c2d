package io.github.presence4j.redis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Calls that wait for the same event, in the order in which they were made. Used by one thread at a time. */
final class HeldCommands {
    private final PriorityQueue<QueuedCommand<?>> calls =
            new PriorityQueue<>(Comparator.comparingLong(call -> call.number));

    void add(QueuedCommand<?> call) {
        calls.add(call);
    }

    /** Removes and returns all calls, oldest first. */
    List<QueuedCommand<?>> release() {
        List<QueuedCommand<?>> released = new ArrayList<>(calls.size());
        for (QueuedCommand<?> call = calls.poll(); call != null; call = calls.poll()) {
            released.add(call);
        }
        return released;
    }

    /** Removes and returns the overdue calls. */
    List<QueuedCommand<?>> overdue(long now) {
        List<QueuedCommand<?>> overdue =
                calls.stream().filter(call -> call.isOverdue(now)).toList();
        calls.removeAll(overdue);
        return overdue;
    }
}
