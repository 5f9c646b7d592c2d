package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A listener that records its events, checks each one against W1, W2 and W3, and lets tests wait for events. */
final class RecordingWatcher implements Consumer<PresenceEvent>, AutoCloseable {
    private final Duration patience;
    private final List<PresenceEvent> events = new ArrayList<>();
    private final Set<String> view = new TreeSet<>();
    private final Map<String, Map<String, String>> data = new HashMap<>();
    private final List<PresenceEvent> interruptions = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private @Nullable Subscription subscription;

    RecordingWatcher(Duration patience) {
        this.patience = patience;
    }

    /** Watches, and returns when the snapshot is there. */
    static RecordingWatcher of(PresenceTopic topic, Duration patience) {
        RecordingWatcher watcher = new RecordingWatcher(patience);
        watcher.begin(topic);
        watcher.await("the snapshot", events -> !events.isEmpty());
        return watcher;
    }

    synchronized void begin(PresenceTopic topic) {
        subscription = topic.watch(this);
    }

    @Override
    public synchronized void accept(PresenceEvent event) {
        if (event instanceof PresenceEvent.Interrupted || event instanceof PresenceEvent.Resumed) {
            interruption(event);
            return;
        }
        if (event instanceof PresenceEvent.Snapshot snapshot) {
            check("W1 the snapshot comes first and once", event, events.isEmpty());
            view.addAll(snapshot.members());
        } else {
            check("W1 the snapshot comes first", event, !events.isEmpty());
            order(event);
            transition(event);
        }
        events.add(event);
        notifyAll();
    }

    /** Records an interruption. These are kept apart from the changes, since most tests are not about them. */
    private void interruption(PresenceEvent event) {
        boolean begins = event instanceof PresenceEvent.Interrupted;
        check("W1 the snapshot comes first", event, !events.isEmpty());
        check("W9 interruptions begin and end in turn", event, (interruptions.size() % 2 == 0) == begins);
        interruptions.add(event);
        notifyAll();
    }

    private void order(PresenceEvent event) {
        Position before = events.isEmpty()
                ? new Position(0, Long.MIN_VALUE)
                : events.get(events.size() - 1).position();
        Position at = event.position();
        boolean later = event.synthetic() ? at.seq() >= before.seq() : at.seq() > before.seq();
        check("W2 in the order of seq, each once", event, at.epoch() != before.epoch() || later);
    }

    private void transition(PresenceEvent event) {
        if (event instanceof PresenceEvent.Joined joined) {
            check("W3 joins who is not there", event, view.add(joined.member()));
            remember(joined.member(), joined.session(), joined.data());
        } else if (event instanceof PresenceEvent.Updated updated) {
            check("W3 updates who is there", event, view.contains(updated.member()));
            remember(updated.member(), updated.session(), updated.data());
        } else if (event instanceof PresenceEvent.OfMember gone) {
            check("W3 goes who is there", event, view.remove(gone.member()));
            data.remove(gone.member());
        } else {
            view.clear();
            data.clear();
        }
    }

    private void remember(String member, @Nullable String session, @Nullable String text) {
        if (text != null) {
            data.computeIfAbsent(member, key -> new HashMap<>()).put(session == null ? "" : session, text);
        }
    }

    private void check(String rule, PresenceEvent event, boolean holds) {
        if (!holds) {
            violations.add(rule + ": " + event + " after " + events);
        }
    }

    synchronized void await(String what, Predicate<List<PresenceEvent>> condition) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!condition.test(events)) {
                long nanos = end - System.nanoTime();
                if (nanos <= 0) {
                    throw new AssertionError(
                            "Waited " + patience + " in vain for " + what + "; told so far: " + events);
                }
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
        verify();
    }

    /** Waits until the members according to the events are these. */
    void awaitView(Collection<String> members) {
        Set<String> wanted = new TreeSet<>(members);
        await("the view " + wanted, events -> view.equals(wanted));
    }

    synchronized void verify() {
        assertThat(violations).as("violations").isEmpty();
    }

    synchronized List<PresenceEvent> events() {
        return List.copyOf(events);
    }

    /** Returns the events after the snapshot. */
    synchronized List<PresenceEvent> changes() {
        return List.copyOf(events.subList(1, events.size()));
    }

    /** Returns the Interrupted and Resumed events. */
    synchronized List<PresenceEvent> interruptions() {
        return List.copyOf(interruptions);
    }

    /** Returns the data of a member's sessions according to the events; the default session has the empty name. */
    synchronized Map<String, String> data(String member) {
        return Map.copyOf(data.getOrDefault(member, Map.of()));
    }

    synchronized Set<String> view() {
        return Set.copyOf(view);
    }

    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
