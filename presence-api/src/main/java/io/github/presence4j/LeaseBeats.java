package io.github.presence4j;

import io.github.presence4j.spi.AsyncFailures;
import io.github.presence4j.spi.QuotedText;
import io.github.presence4j.spi.TouchOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The beats of the leases of one topic with one TTL. All leases beat together, in bulk calls of bounded size and number; each
 * call has the whole timeout. If a bulk call fails, its leases beat again about a second later; the others do not.
 */
final class LeaseBeats {
    /**
     * The number of leases per bulk call. Small enough for any timeout; 50,000 leases still beat in a second over a slow link.
     */
    static final int BULK = 1_000;

    static final int BULKS_AT_ONCE = 2;

    private static final System.Logger LOG = System.getLogger(LeaseBeats.class.getName());
    private static final long RETRY_MILLIS = 1_000;

    private final TopicCalls calls;
    private final ScheduledExecutorService timer;
    private final BiConsumer<Lease, Lease.State> onEnd;
    private final Set<Lease> leases = new LinkedHashSet<>();
    /** Leases that are due for the next beat, the longest waiting first. */
    private final Set<Lease> due = new LinkedHashSet<>();

    private @Nullable Future<?> regular;
    private @Nullable Future<?> retry;
    private boolean beating;
    /** Whether the last beat failed; only the first failure of an outage is logged. */
    private boolean failing;

    /** {@code onEnd} is called outside of any lock, for each lease that a beat found ended or refused. */
    LeaseBeats(TopicCalls calls, ScheduledExecutorService timer, BiConsumer<Lease, Lease.State> onEnd) {
        this.calls = calls;
        this.timer = timer;
        this.onEnd = onEnd;
    }

    /** Adds a lease. If its first touch did not reach the store, it beats soon. */
    synchronized void add(Lease lease, boolean reached) {
        leases.add(lease);
        if (regular == null) {
            scheduleRegular();
        }
        if (!reached) {
            due.add(lease);
            scheduleRetry();
        }
    }

    /** Removes a lease. Returns whether none is left; then nothing is scheduled any more. */
    synchronized boolean remove(Lease lease) {
        leases.remove(lease);
        due.remove(lease);
        if (!leases.isEmpty()) {
            return false;
        }
        cancel(regular);
        cancel(retry);
        regular = null;
        retry = null;
        return true;
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }

    private void scheduleRegular() {
        regular = timer.schedule(() -> beat(true), beatMillis(), TimeUnit.MILLISECONDS);
    }

    private void scheduleRetry() {
        if (retry == null && !beating) {
            retry = timer.schedule(() -> beat(false), retryMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Returns a third of the TTL, minus a random part of up to a tenth of it, so that processes do not beat in step. */
    private long beatMillis() {
        long third = Math.max(1, calls.topic().ttl().toMillis() / 3);
        return third - ThreadLocalRandom.current().nextLong(third / 10 + 1);
    }

    private long retryMillis() {
        return Math.min(
                beatMillis(), RETRY_MILLIS / 2 + ThreadLocalRandom.current().nextLong(RETRY_MILLIS));
    }

    private void beat(boolean all) {
        List<Lease> now;
        synchronized (this) {
            if (leases.isEmpty()) {
                return;
            }
            if (all) {
                scheduleRegular();
                due.addAll(leases);
            } else {
                retry = null;
            }
            if (beating) { // the current beat schedules the next one when it ends
                return;
            }
            now = List.copyOf(due);
            due.clear();
            beating = true;
        }
        Beat beat;
        try {
            beat = new Beat(now);
        } catch (RuntimeException | Error e) {
            again(now);
            ended(e);
            return;
        }
        beat.begin();
    }

    private synchronized void ended(@Nullable Throwable failure) {
        if (failure != null && !failing) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Heartbeats of leases of topic "
                            + QuotedText.of(calls.topic().name()) + " failed; retrying about every second",
                    failure);
        }
        failing = failure != null;
        beating = false;
        if (!due.isEmpty()) {
            scheduleRetry();
        }
    }

    private synchronized void again(Collection<Lease> failed) {
        failed.stream().filter(leases::contains).forEach(due::add);
    }

    /** One beat of some leases. The end of each bulk call starts the next one. */
    private final class Beat {
        private final List<List<Lease>> bulks = new ArrayList<>();
        private final AtomicInteger unanswered;
        private final AtomicInteger requests = new AtomicInteger();
        private final Queue<Lease> failed = new ConcurrentLinkedQueue<>();
        private volatile @Nullable Throwable failure;
        private volatile boolean outage;
        /** Used by one thread at a time: the one that counts {@code requests} down. */
        private int next;

        Beat(List<Lease> due) {
            for (int from = 0; from < due.size(); from += BULK) {
                bulks.add(due.subList(from, Math.min(due.size(), from + BULK)));
            }
            unanswered = new AtomicInteger(bulks.size());
        }

        void begin() {
            if (bulks.isEmpty()) {
                ended(null);
            }
            for (int i = 0; i < BULKS_AT_ONCE; i++) {
                sendOneMore();
            }
        }

        /** Sends one more bulk call. Loops if the store answers at once, so that the stack does not grow. */
        private void sendOneMore() {
            if (requests.getAndIncrement() == 0) {
                do {
                    if (next < bulks.size()) {
                        send(bulks.get(next++));
                    }
                } while (requests.decrementAndGet() > 0);
            }
        }

        private void send(List<Lease> bulk) {
            if (outage) { // the rest would fail too; the retry sends it first
                again(bulk);
                answered();
                return;
            }
            long sentAt = Lease.ticks();
            try {
                List<Touch> touches = bulk.stream().map(Lease::touch).toList();
                calls.touchEach(List.copyOf(new LinkedHashSet<>(touches)))
                        .whenComplete((outcome, problem) -> answered(bulk, touches, sentAt, outcome, problem));
            } catch (RuntimeException | Error e) { // after any failure the leases beat again
                answered(bulk, List.of(), sentAt, null, e);
            }
        }

        private void answered(
                List<Lease> bulk,
                List<Touch> touches,
                long sentAt,
                @Nullable TouchOutcome outcome,
                @Nullable Throwable problem) {
            try {
                if (outcome != null) {
                    for (int i = 0; i < bulk.size(); i++) {
                        judge(bulk.get(i), touches.get(i), sentAt, outcome);
                    }
                } else {
                    fail(bulk, problem);
                }
            } catch (RuntimeException | Error e) {
                fail(bulk, e);
            }
            answered();
        }

        private void fail(List<Lease> bulk, @Nullable Throwable problem) {
            failed.addAll(bulk);
            failure = problem;
            outage |= problem != null && AsyncFailures.unwrap(problem) instanceof PresenceUnavailableException;
        }

        private void answered() {
            if (unanswered.decrementAndGet() == 0) {
                again(failed);
                ended(failure);
            } else {
                sendOneMore();
            }
        }

        private void judge(Lease lease, Touch touch, long sentAt, TouchOutcome outcome) {
            if (outcome.ignored().contains(touch)) {
                onEnd.accept(lease, Lease.State.ENDED_ELSEWHERE);
            } else if (outcome.refused().containsKey(touch)) {
                onEnd.accept(lease, Lease.State.REFUSED);
            } else {
                lease.confirm(sentAt);
            }
        }
    }
}
