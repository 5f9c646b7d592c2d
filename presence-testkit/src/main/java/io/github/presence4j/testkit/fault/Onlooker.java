package io.github.presence4j.testkit.fault;

import io.github.presence4j.PresenceEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the set that a listener is promised it may keep, and notes where the events break that promise (W2, W3). Thread-safe. */
public final class Onlooker {
    private final Set<String> view = new HashSet<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private long epoch;
    private long seq = Long.MIN_VALUE;

    /** Makes one that has seen nothing. */
    public Onlooker() {}

    /**
     * The listener.
     *
     * @param event what is told
     */
    public synchronized void see(PresenceEvent event) {
        boolean newEpoch = event.position().epoch() != epoch;
        if (!newEpoch && !event.synthetic() && event.position().seq() <= seq) {
            violations.add("W2: " + event + " after seq " + seq);
        }
        epoch = event.position().epoch();
        seq = newEpoch ? event.position().seq() : Math.max(seq, event.position().seq());
        if (event instanceof PresenceEvent.Snapshot snapshot) {
            view.addAll(snapshot.members());
        } else if (event instanceof PresenceEvent.Joined joined) {
            check(view.add(joined.member()), event);
        } else if (event instanceof PresenceEvent.Reset) {
            view.clear();
        } else if (event instanceof PresenceEvent.OfMember member) {
            boolean update = event instanceof PresenceEvent.Updated;
            check(update ? view.contains(member.member()) : view.remove(member.member()), event);
        }
    }

    private void check(boolean alternates, PresenceEvent event) {
        if (!alternates) {
            violations.add("W3: " + event);
        }
    }

    /** {@return who is live, by the events} */
    public synchronized Set<String> view() {
        return Set.copyOf(view);
    }

    /** {@return the events that broke a promise, with its rule} */
    public List<String> violations() {
        return violations;
    }
}
