package io.github.presence4j.redis;

import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A listener with methods that wait for events. */
final class ViewOfTopic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BlockingQueue<PresenceEvent> events = new LinkedBlockingQueue<>();
    private final Set<String> members = new HashSet<>();
    private final Subscription subscription;

    /** Starts a watch, and returns after the snapshot. */
    ViewOfTopic(PresenceTopic topic) {
        this.subscription = topic.watch(events::add);
        await(PresenceEvent.Snapshot.class::isInstance);
    }

    /** Waits for an event. */
    void await(Predicate<PresenceEvent> wanted) {
        while (!wanted.test(next())) {
            // the next event may be the expected one
        }
    }

    /** Waits until the events make this the set of members. */
    void awaitMembers(Set<String> wanted) {
        while (!members.equals(wanted)) {
            next();
        }
    }

    private PresenceEvent next() {
        try {
            PresenceEvent event = events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new AssertionError("No more events, and the view is " + members);
            }
            apply(event);
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private void apply(PresenceEvent event) {
        if (event instanceof PresenceEvent.Snapshot snapshot) {
            members.addAll(snapshot.members());
        } else if (event instanceof PresenceEvent.Joined joined) {
            members.add(joined.member());
        } else if (event instanceof PresenceEvent.Left left) {
            members.remove(left.member());
        } else if (event instanceof PresenceEvent.TimedOut timedOut) {
            members.remove(timedOut.member());
        } else if (event instanceof PresenceEvent.Reset) {
            members.clear();
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
