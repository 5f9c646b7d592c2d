package io.github.presence4j;

import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.QuotedText;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The leases of one {@link Presence}. A session leaves with its last lease, whatever the TTL of each lease (S6). So leases are
 * counted per session, from before their first touch.
 */
final class Leases {
    private static final System.Logger LOG = System.getLogger(Leases.class.getName());
    private static final long RETRY_MILLIS = 1_000;

    private final ScheduledExecutorService timer;
    private final Executor listenerThreads;
    private final Map<Topic, LeaseBeats> beats = new ConcurrentHashMap<>();
    private final Map<HeldSession, Holders> holders = new ConcurrentHashMap<>();
    private final LogThrottle lateBegins = new LogThrottle();
    private final LogThrottle lostLeaves = new LogThrottle();
    private volatile boolean closed;

    private record HeldSession(TopicId topic, String member, String session) {}

    /** The leases of one session; changed only within the map's compute. */
    private static final class Holders {
        final Map<Lease, TopicCalls> leases = new HashMap<>();
        /** Whether a lease was closed without a leave, because another one held the session. */
        boolean leftOver;
    }

    Leases(ScheduledExecutorService timer, Executor listenerThreads) {
        this.timer = timer;
        this.listenerThreads = listenerThreads;
    }

    /**
     * Makes the first touch here, so that the caller sees a refusal by a limit (E5). If the store is out of reach, the call does
     * not fail: the lease retries.
     */
    Lease hold(TopicCalls calls, Touch touch) {
        Lease lease = new Lease(touch, calls.topic().ttl().toNanos(), closing -> close(calls, closing), this::callBack);
        ArgumentChecks.touch(touch);
        holders.compute(key(calls, lease), (key, held) -> {
            Holders all = held == null ? new Holders() : held;
            all.leases
                    .keySet()
                    .forEach(earlier -> earlier.sayAs(touch)); // or each beat would change the data to and fro
            all.leases.put(lease, calls);
            return all;
        });
        try {
            begin(calls, lease);
        } catch (RuntimeException | Error e) {
            awaitLeave(calls, release(calls, lease, false));
            throw e;
        }
        return lease;
    }

    private void begin(TopicCalls calls, Lease lease) {
        boolean reached = true;
        long sentAt = Lease.ticks();
        try {
            if (calls.await(calls.touch(lease.touch())) == TouchResult.IGNORED) {
                end(calls, lease, Lease.State.ENDED_ELSEWHERE);
                return;
            }
            lease.confirm(sentAt);
        } catch (PresenceUnavailableException e) {
            calls.requireOpen();
            reached = false;
            warn(
                    lateBegins,
                    "The first heartbeat of a lease of topic "
                            + QuotedText.of(calls.topic().name()) + " failed; retrying",
                    e);
        }
        boolean confirmed = reached;
        beats.compute(calls.topic(), (topic, all) -> {
            LeaseBeats open =
                    all == null ? new LeaseBeats(calls, timer, (ended, state) -> end(calls, ended, state)) : all;
            open.add(lease, confirmed);
            return open;
        });
        if (closed) {
            stopBeats(calls, lease);
            calls.requireOpen();
        }
    }

    /** Ends a lease after a beat found its session ended or refused. No leave is needed. */
    private void end(TopicCalls calls, Lease lease, Lease.State state) {
        stopBeats(calls, lease);
        release(calls, lease, false);
        lease.end(state);
    }

    private void close(TopicCalls calls, Lease lease) {
        stopBeats(calls, lease);
        awaitLeave(calls, release(calls, lease, true));
    }

    @SuppressWarnings("NullAway") // null is how computeIfPresent removes the entry
    private void stopBeats(TopicCalls calls, Lease lease) {
        beats.computeIfPresent(calls.topic(), (topic, all) -> all.remove(lease) ? null : all);
    }

    /**
     * Removes a lease. Returns the leave of the session if it has no lease any more and one of its leases was closed, else null.
     * The leave begins before another lease of the session can be counted, so that the touch of that lease comes after it (O1).
     */
    @SuppressWarnings("NullAway") // null is how computeIfPresent removes the entry
    private @Nullable CompletableFuture<?> release(TopicCalls calls, Lease lease, boolean closing) {
        List<CompletableFuture<?>> leaves = new ArrayList<>(1);
        holders.computeIfPresent(key(calls, lease), (key, held) -> {
            held.leases.remove(lease);
            held.leftOver |= closing;
            if (!held.leases.isEmpty()) {
                return held;
            }
            if (held.leftOver && !calls.isClosed()) {
                leaves.add(calls.leave(List.of(new Leave(lease.member(), lease.session()))));
            }
            return null;
        });
        return leaves.isEmpty() ? null : leaves.get(0);
    }

    private static HeldSession key(TopicCalls calls, Lease lease) {
        return new HeldSession(calls.topic().id(), lease.member(), lease.session());
    }

    private void awaitLeave(TopicCalls calls, @Nullable CompletableFuture<?> leave) {
        try {
            if (leave != null) {
                calls.await(leave);
            }
        } catch (PresenceException | IllegalStateException e) {
            warn(
                    lostLeaves,
                    "A closed lease of topic " + QuotedText.of(calls.topic().name())
                            + " could not leave; its session expires with the TTL",
                    e);
        }
    }

    /** Logs a failure, at most one line a minute of each kind: an outage may meet every lease. */
    private static void warn(LogThrottle failures, String line, Throwable failure) {
        long count = failures.count();
        if (count > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    count == 1 ? line : line + "; " + (count - 1) + " other leases failed alike since the last line",
                    failure);
        }
    }

    /** Runs a callback of the application. As long as its executor refuses that, it is tried again (W8). */
    private void callBack(Runnable callback) {
        try {
            listenerThreads.execute(() -> {
                try {
                    callback.run();
                } catch (RuntimeException | Error e) {
                    LOG.log(System.Logger.Level.WARNING, "A listener of the end of a lease threw", e);
                }
            });
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "The listener executor refused the end of a lease; retrying", e);
            timer.schedule(() -> callBack(callback), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Ends all leases. Their sessions leave, in bulk calls per topic. */
    void close() {
        closed = true;
        Map<TopicId, TopicCalls> calls = new HashMap<>();
        Map<TopicId, List<Leave>> leaves = new HashMap<>();
        for (HeldSession session : Set.copyOf(holders.keySet())) {
            Holders held = holders.remove(session);
            if (held != null) {
                held.leases.forEach((lease, of) -> {
                    stopBeats(of, lease);
                    lease.end(Lease.State.CLOSED);
                    calls.put(session.topic(), of);
                });
                leaves.computeIfAbsent(session.topic(), topic -> new ArrayList<>())
                        .add(new Leave(session.member(), session.session()));
            }
        }
        ClosingLeaves closing = new ClosingLeaves();
        calls.forEach((topic, of) -> closing.send(of, leaves.getOrDefault(topic, List.of())));
        closing.await();
    }
}
