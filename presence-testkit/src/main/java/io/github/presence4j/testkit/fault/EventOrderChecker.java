package io.github.presence4j.testkit.fault;

import io.github.presence4j.PresenceEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps the set of live members from the events, and records events that break the rules. These are events out of order or
 * twice (W2), not alternating (W3), or ending a member that is touched all the time (W4). Thread-safe.
 */
public final class EventOrderChecker {
    private static final int MAX_NOTES = 1_000;

    private final Set<String> beating;
    private final Set<String> view = new HashSet<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<String> skips = new CopyOnWriteArrayList<>();
    private long epoch;
    private long seq = Long.MIN_VALUE;

    /** Makes one that has seen nothing, where anybody may go. */
    public EventOrderChecker() {
        this(Set.of());
    }

    /**
     * Makes one that has seen nothing.
     *
     * @param beating the members that are touched all the time, so that only a store that lost data may end them
     */
    public EventOrderChecker(Set<String> beating) {
        this.beating = Set.copyOf(beating);
    }

    /**
     * The listener.
     *
     * @param event the event
     */
    public synchronized void see(PresenceEvent event) {
        if (event instanceof PresenceEvent.Interrupted || event instanceof PresenceEvent.Resumed) {
            return;
        }
        follow(event);
        if (event instanceof PresenceEvent.Snapshot snapshot) {
            view.addAll(snapshot.members());
        } else if (event instanceof PresenceEvent.Joined joined) {
            check(view.add(joined.member()), event);
        } else if (event instanceof PresenceEvent.Updated updated) {
            check(view.contains(updated.member()), event);
        } else if (event instanceof PresenceEvent.Reset) {
            view.clear();
        } else if (event instanceof PresenceEvent.OfMember gone) {
            check(view.remove(gone.member()), event);
            if (beating.contains(gone.member())) {
                note(violations, "W4: beats all the time: " + event);
            }
        }
    }

    private void follow(PresenceEvent event) {
        boolean newEpoch = event.position().epoch() != epoch;
        long next = event.position().seq();
        if (!newEpoch && !event.synthetic() && next <= seq) {
            note(violations, "W2: " + event + " after seq " + seq);
        }
        if (seq != Long.MIN_VALUE && !event.synthetic() && (newEpoch || next > seq + 1)) {
            note(skips, event + " after seq " + seq + " of epoch " + epoch);
        }
        epoch = event.position().epoch();
        seq = newEpoch ? next : Math.max(seq, next);
    }

    /** Adds a note, up to a limit: an hour of faults must not fill the heap. */
    private static void note(List<String> notes, String what) {
        if (notes.size() < MAX_NOTES) {
            notes.add(what);
        }
    }

    private void check(boolean alternates, PresenceEvent event) {
        if (!alternates) {
            note(violations, "W3: " + event);
        }
    }

    /** {@return the live members according to the events} */
    public synchronized Set<String> view() {
        return Set.copyOf(view);
    }

    /** {@return the first thousand events that broke a rule, each with the rule} */
    public List<String> violations() {
        return violations;
    }

    /**
     * {@return the events that do not follow the one before, since some in between were not delivered} That is no
     * violation: see W5.
     */
    public List<String> skips() {
        return skips;
    }
}
