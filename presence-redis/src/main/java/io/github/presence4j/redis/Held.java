package io.github.presence4j.redis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Calls that wait for one and the same thing, in the order in which they were made. Used by one thread at a time. */
final class Held {
    private final PriorityQueue<Call<?>> calls = new PriorityQueue<>(Comparator.comparingLong(call -> call.number));

    void add(Call<?> call) {
        calls.add(call);
    }

    /** Takes all out, the oldest first. */
    List<Call<?>> release() {
        List<Call<?>> released = new ArrayList<>(calls.size());
        for (Call<?> call = calls.poll(); call != null; call = calls.poll()) {
            released.add(call);
        }
        return released;
    }

    /** Takes out those whose time is over. */
    List<Call<?>> overdue(long now) {
        List<Call<?>> overdue =
                calls.stream().filter(call -> call.isOverdue(now)).toList();
        calls.removeAll(overdue);
        return overdue;
    }
}
