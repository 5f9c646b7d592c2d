package io.github.presence4j.testkit.fault;

import io.github.presence4j.PresenceEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps the set of live members from the events of one subscription, and records events that break a rule. These are a snapshot
 * that does not come first and once (rule W1: a watch begins with the live members), and events twice or out of order (rule W2:
 * in the order of seq, each once). So are events that do not alternate (rule W3: Joined, then Left or TimedOut), ends of a member
 * that is touched all the time (rule W4: no member ends early), and interruptions that do not begin and end in turn (rule W9: a
 * watch says when it is interrupted). Thread-safe.
 */
public final class EventOrderChecker {
    private static final int MAX_NOTES = 1_000;

    private final Set<String> beating;
    private final Set<String> view = new HashSet<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<String> skips = new CopyOnWriteArrayList<>();
    private boolean begun;
    private boolean interrupted;
    private long epoch;
    private long seq = Long.MIN_VALUE;

    /** Creates a checker that has seen no event, and lets every member end. */
    public EventOrderChecker() {
        this(Set.of());
    }

    /**
     * Creates a checker that has seen no event.
     *
     * @param beating the members that are touched all the time, so that only a store that lost data may end them
     */
    public EventOrderChecker(Set<String> beating) {
        this.beating = Set.copyOf(beating);
    }

    /**
     * Checks one event; the listener of a watch.
     *
     * @param event the next event of the watch
     */
    public synchronized void see(PresenceEvent event) {
        check((event instanceof PresenceEvent.Snapshot) != begun, "W1: the snapshot comes first and once", event);
        begun = true;
        if (event instanceof PresenceEvent.Interrupted || event instanceof PresenceEvent.Resumed) {
            check(
                    interrupted == event instanceof PresenceEvent.Resumed,
                    "W9: interruptions begin and end in turn",
                    event);
            interrupted = event instanceof PresenceEvent.Interrupted;
            return;
        }
        follow(event);
        if (event instanceof PresenceEvent.Snapshot snapshot) {
            view.addAll(snapshot.members());
        } else if (event instanceof PresenceEvent.Joined joined) {
            check(view.add(joined.member()), "W3: only an absent member joins", event);
        } else if (event instanceof PresenceEvent.Updated updated) {
            check(view.contains(updated.member()), "W3: only a live member is updated", event);
        } else if (event instanceof PresenceEvent.Reset) {
            view.clear();
        } else if (event instanceof PresenceEvent.OfMember gone) {
            check(view.remove(gone.member()), "W3: only a live member ends", event);
            check(!beating.contains(gone.member()), "W4: a member that is touched in time does not end", event);
        }
    }

    private void follow(PresenceEvent event) {
        boolean newEpoch = event.position().epoch() != epoch;
        long next = event.position().seq();
        boolean later = event.synthetic() ? next >= seq : next > seq;
        check(newEpoch || later, "W2: in the order of seq, each once", event);
        if (seq != Long.MIN_VALUE && !event.synthetic() && (newEpoch || next > seq + 1)) {
            note(skips, event + " after seq " + seq + " of epoch " + epoch);
        }
        epoch = event.position().epoch();
        seq = newEpoch ? next : Math.max(seq, next);
    }

    private void check(boolean holds, String rule, PresenceEvent event) {
        if (!holds) {
            note(violations, rule + ": " + event + " after seq " + seq + " of epoch " + epoch);
        }
    }

    /** Adds a note, up to a limit: an hour of faults must not fill the heap. */
    private static void note(List<String> notes, String what) {
        if (notes.size() < MAX_NOTES) {
            notes.add(what);
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
     * {@return the events that do not follow the one before, since some in between were not delivered} That is no violation:
     * the watch then delivers the difference.
     */
    public List<String> skips() {
        return skips;
    }
}
