package io.github.presence4j;

import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Heartbeats for everything a process holds: one bulk call per topic and beat. */
final class Leases {
    private static final System.Logger LOG = System.getLogger(Leases.class.getName());
    private static final long RETRY_MILLIS = 1_000;

    private final ScheduledExecutorService timer;
    private final Map<Topic, Held> topics = new ConcurrentHashMap<>();

    Leases(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * The first touch is made here, so a bound that refuses the newcomer is told to the caller (E5). A store that is out of
     * reach is not: surviving that is what a lease is for.
     */
    Lease hold(TopicCalls calls, Touch touch) {
        boolean reached = true;
        try {
            calls.await(calls.touch(touch));
        } catch (PresenceUnavailableException e) {
            reached = false;
            LOG.log(System.Logger.Level.WARNING, "The first beat of a lease failed; it is tried again", e);
        }
        Topic topic = calls.topic();
        Lease lease = new Lease(touch, closed -> release(calls, closed));
        boolean soon = !reached;
        topics.compute(topic, (key, held) -> {
            Held all = held == null ? new Held(calls) : held;
            all.leases.add(lease);
            if (held == null || soon) {
                schedule(all, soon ? retryMillis(all) : beatMillis(all));
            }
            return all;
        });
        return lease;
    }

    private void release(TopicCalls calls, Lease lease) {
        boolean[] lastOfSession = {true};
        topics.computeIfPresent(calls.topic(), (key, held) -> {
            held.leases.remove(lease);
            lastOfSession[0] = held.leases.stream().noneMatch(lease::sameSession);
            return orNull(held);
        });
        if (lastOfSession[0] && !calls.isClosed()) {
            leave(calls, lease);
        }
    }

    private static void leave(TopicCalls calls, Lease lease) {
        try {
            calls.await(calls.leave(List.of(new Leave(lease.member(), lease.session()))));
        } catch (PresenceException | IllegalStateException e) {
            LOG.log(System.Logger.Level.WARNING, "A lease could not leave; it lapses with the TTL", e);
        }
    }

    /** Everything leaves, one call per topic, all under way at once. */
    void close() {
        List<CompletableFuture<Set<String>>> leaving = new ArrayList<>();
        for (Topic topic : topics.keySet()) {
            topics.computeIfPresent(topic, (key, held) -> {
                leaving.add(held.calls.leave(held.leases.stream()
                        .map(lease -> new Leave(lease.member(), lease.session()))
                        .toList()));
                held.leases.clear();
                return orNull(held);
            });
        }
        try {
            CompletableFuture.allOf(leaving.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            LOG.log(System.Logger.Level.WARNING, "Leases could not leave; they lapse with the TTL", e);
        }
    }

    private void beat(Held held) {
        List<Touch> touches = held.touches(topics);
        if (!touches.isEmpty() && !held.calls.isClosed()) {
            held.calls.touch(touches).whenComplete((joined, failure) -> beaten(held, failure));
        }
    }

    private void beaten(Held held, @Nullable Throwable failure) {
        if (failure != null && !held.failing) {
            LOG.log(System.Logger.Level.WARNING, "Leases cannot beat; they are tried every second or so", failure);
        }
        held.failing = failure != null;
        topics.computeIfPresent(held.calls.topic(), (key, current) -> {
            if (current == held) {
                schedule(held, failure == null ? beatMillis(held) : retryMillis(held));
            }
            return current;
        });
    }

    private void schedule(Held held, long millis) {
        if (held.next != null) {
            held.next.cancel(false);
        }
        held.next = timer.schedule(() -> beat(held), millis, TimeUnit.MILLISECONDS);
    }

    /** A third of the TTL, less up to a tenth of that, so that many processes do not beat in step. */
    private static long beatMillis(Held held) {
        long third = Math.max(1, held.calls.topic().ttl().toMillis() / 3);
        return third - ThreadLocalRandom.current().nextLong(third / 10 + 1);
    }

    private static long retryMillis(Held held) {
        return Math.min(
                beatMillis(held), RETRY_MILLIS / 2 + ThreadLocalRandom.current().nextLong(RETRY_MILLIS));
    }

    @SuppressWarnings("NullAway") // null is how computeIfPresent removes the entry
    private static Held orNull(Held held) {
        if (!held.leases.isEmpty()) {
            return held;
        }
        if (held.next != null) {
            held.next.cancel(false);
        }
        return null;
    }

    /** The leases of one topic; changed only within the map's compute. */
    private static final class Held {
        final TopicCalls calls;
        final Set<Lease> leases = new HashSet<>();

        @Nullable
        Future<?> next;

        /** One line per outage is enough. */
        volatile boolean failing;

        Held(TopicCalls calls) {
            this.calls = calls;
        }

        List<Touch> touches(Map<Topic, Held> topics) {
            Set<Touch> touches = new HashSet<>();
            topics.computeIfPresent(calls.topic(), (key, held) -> {
                if (held == this) {
                    leases.forEach(lease -> touches.add(lease.touch()));
                }
                return held;
            });
            return List.copyOf(touches);
        }
    }
}
