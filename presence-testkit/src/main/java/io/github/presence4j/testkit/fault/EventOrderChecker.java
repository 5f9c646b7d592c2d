package io.github.presence4j.testkit.fault;

import io.github.presence4j.PresenceEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps the set of live members from the events, and records events that break a rule of order. These are events twice or out
 * of order (rule W2: in the order of seq, each once), and events that do not alternate (rule W3: Joined, then Left or
 * TimedOut). So are ends of a member that is touched all the time (rule W4: no member ends early). Thread-safe.
 */
public final class EventOrderChecker {
    private static final int MAX_NOTES = 1_000;

    private final Set<String> beating;
    private final Set<String> view = new HashSet<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<String> skips = new CopyOnWriteArrayList<>();
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
     * {@return the events that do not follow the one before, since some in between were not delivered} That is no violation:
     * the watch then delivers the difference.
     */
    public List<String> skips() {
        return skips;
    }
}
