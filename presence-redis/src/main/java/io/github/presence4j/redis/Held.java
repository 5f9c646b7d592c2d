package io.github.presence4j.redis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Calls that wait for the same event, in the order in which they were made. Used by one thread at a time. */
final class Held {
    private final PriorityQueue<Call<?>> calls = new PriorityQueue<>(Comparator.comparingLong(call -> call.number));

    void add(Call<?> call) {
        calls.add(call);
    }

    /** Removes and returns all calls, oldest first. */
    List<Call<?>> release() {
        List<Call<?>> released = new ArrayList<>(calls.size());
        for (Call<?> call = calls.poll(); call != null; call = calls.poll()) {
            released.add(call);
        }
        return released;
    }

    /** Removes and returns the overdue calls. */
    List<Call<?>> overdue(long now) {
        List<Call<?>> overdue =
                calls.stream().filter(call -> call.isOverdue(now)).toList();
        calls.removeAll(overdue);
        return overdue;
    }
}
