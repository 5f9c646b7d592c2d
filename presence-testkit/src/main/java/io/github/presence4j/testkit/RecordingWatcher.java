package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import io.github.presence4j.testkit.fault.EventOrderChecker;
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

/** A listener that records its events, checks their order, and lets tests wait for events. */
final class RecordingWatcher implements Consumer<PresenceEvent>, AutoCloseable {
    private final Duration patience;
    private final List<PresenceEvent> events = new ArrayList<>();
    private final Map<String, Map<String, String>> data = new HashMap<>();
    private final List<PresenceEvent> interruptions = new ArrayList<>();
    private final EventOrderChecker order = new EventOrderChecker();
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
        order.see(event);
        if (event instanceof PresenceEvent.Interrupted || event instanceof PresenceEvent.Resumed) {
            interruptions.add(event); // kept apart from the changes, since most tests are not about them
        } else {
            events.add(event);
            noteData(event);
        }
        notifyAll();
    }

    private void noteData(PresenceEvent event) {
        if (event instanceof PresenceEvent.Joined joined) {
            remember(joined.member(), joined.session(), joined.data());
        } else if (event instanceof PresenceEvent.Updated updated) {
            remember(updated.member(), updated.session(), updated.data());
        } else if (event instanceof PresenceEvent.OfMember gone) {
            data.remove(gone.member());
        } else if (event instanceof PresenceEvent.Reset) {
            data.clear();
        }
    }

    private void remember(String member, @Nullable String session, @Nullable String text) {
        if (text != null) {
            data.computeIfAbsent(member, key -> new HashMap<>()).put(session == null ? "" : session, text);
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
        await("the view " + wanted, events -> order.view().equals(wanted));
    }

    synchronized void verify() {
        assertThat(order.violations()).as("violations; events %s", events).isEmpty();
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
        return order.view();
    }

    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
