package io.github.presence4j;

import io.github.presence4j.spi.Changes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The watch loop of one topic in one process (W1 to W7), whatever the number of listeners.
 *
 * <p>It asks the store what changed, tells the listeners, and sleeps until the next timeout is due, a hint comes, or the
 * safety interval is over. A little jitter lets one of many watching processes record a timeout and the others hear of it.
 * What is private here runs in {@code serial}, one step after another; the rest may be called from anywhere.
 */
final class TopicWatch {
    private static final System.Logger LOG = System.getLogger(TopicWatch.class.getName());
    private static final long SAFETY_MAX_MILLIS = 30_000;
    private static final long RETRY_MIN_MILLIS = 100;
    private static final long RETRY_MAX_MILLIS = 2_000;

    private final TopicCalls calls;
    private final long sweepMillis;
    private final ScheduledExecutorService timer;
    private final Executor serial;
    private final AtomicBoolean hinted = new AtomicBoolean();
    private final Set<Listener> newcomers = new HashSet<>();
    /** Newcomers that came before the poll under way began, so that its answer may be their snapshot. */
    private final Set<Listener> arriving = new HashSet<>();

    private final Set<Listener> listeners = new HashSet<>();
    /** What those who fell behind had been told; they are given the difference once their queue is empty. */
    private final Map<Listener, View> behind = new HashMap<>();

    private View view = new View();
    private @Nullable Changes last;
    private volatile @Nullable Subscription hints;
    private volatile @Nullable Future<?> sleep;
    private boolean polling;
    private boolean wanted;
    private volatile boolean stopped;
    private int failures;

    TopicWatch(TopicCalls calls, Duration sweepInterval, ScheduledExecutorService timer) {
        this.calls = calls;
        this.sweepMillis = sweepInterval.toMillis();
        this.timer = timer;
        this.serial = new Serial(timer);
    }

    void add(Listener listener) {
        serial.execute(() -> {
            newcomers.add(listener);
            listen();
            poll();
        });
    }

    void remove(Listener listener) {
        serial.execute(() -> {
            newcomers.remove(listener);
            arriving.remove(listener);
            listeners.remove(listener);
            behind.remove(listener);
        });
    }

    /** Takes effect at once, from any thread, also when the timer is about to be shut down. */
    void stop() {
        stopped = true;
        stopSleeping();
        stopListening();
    }

    /** Hints that come faster than they can be followed are one. */
    void wake() {
        if (hinted.compareAndSet(false, true)) {
            serial.execute(() -> {
                hinted.set(false);
                poll();
            });
        }
    }

    private void listen() {
        if (hints == null && !stopped) {
            try {
                hints = calls.onChange(this::wake);
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "No hints for " + calls.topic().name() + " until a later try",
                        e);
            }
        }
        if (stopped) {
            stopListening();
        }
    }

    private void stopListening() {
        Subscription open = hints;
        if (open != null) {
            open.close();
        }
    }

    private void poll() {
        if (stopped || polling) {
            wanted = true;
            return;
        }
        polling = true;
        wanted = false;
        arriving.addAll(newcomers);
        newcomers.clear();
        stopSleeping();
        listen();
        calls.changesSince(last == null ? null : last.cursor()).whenCompleteAsync(this::polled, serial);
    }

    private void polled(@Nullable Changes changes, @Nullable Throwable failure) {
        if (stopped) {
            return;
        }
        if (changes == null) {
            retry(failure);
        } else if (changes.gap()) {
            new Resync(calls, serial).from(changes).whenCompleteAsync(this::resynced, serial);
        } else {
            changes.events().forEach(this::tell);
            settle(changes);
        }
    }

    private void resynced(Resync.@Nullable Outcome outcome, @Nullable Throwable failure) {
        if (stopped) {
            return;
        }
        if (outcome == null || !outcome.complete()) {
            retry(failure);
            return;
        }
        List<PresenceEvent> missed = view.missing(outcome.view(), outcome.at().position());
        listeners.stream()
                .filter(listener -> !behind.containsKey(listener))
                .forEach(listener -> listener.offerAll(missed));
        view = outcome.view();
        settle(outcome.at());
    }

    private void tell(PresenceEvent event) {
        if (!view.accepts(event)) {
            return;
        }
        for (Listener listener : listeners) {
            if (!behind.containsKey(listener) && !listener.offer(event)) {
                behind.put(listener, new View(view));
                listener.whenDrained(() -> serial.execute(() -> catchUp(listener)));
            }
        }
        view.apply(event);
    }

    private void catchUp(Listener listener) {
        View told = behind.remove(listener);
        if (told != null && last != null) {
            listener.offerAll(told.missing(view, last.position()));
        }
    }

    private void settle(Changes changes) {
        last = changes;
        failures = 0;
        polling = false;
        if (!arriving.isEmpty()) {
            PresenceEvent snapshot = new PresenceEvent.Snapshot(view.members(), changes.position());
            arriving.forEach(newcomer -> newcomer.offer(snapshot));
            listeners.addAll(arriving);
            arriving.clear();
        }
        if (wanted || changes.untilNext().isZero()) {
            poll();
        } else {
            sleep(pause(changes.untilNext()));
        }
    }

    /** Until the next timeout and a little longer, but never longer than a lost hint may cost. */
    private long pause(Duration untilNext) {
        long jitter = ThreadLocalRandom.current().nextLong(sweepMillis / 2 + 1);
        long safety = Math.min(SAFETY_MAX_MILLIS, Math.max(calls.topic().ttl().toMillis() / 3, sweepMillis / 2));
        return Math.min(untilNext.toMillis() + 1 + jitter, safety);
    }

    private void retry(@Nullable Throwable failure) {
        polling = false;
        if (failures++ == 0 && failure != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Watching " + calls.topic().name() + " is interrupted; watchers are resynchronised when it is over",
                    failure);
        }
        long most = Math.min(RETRY_MAX_MILLIS, RETRY_MIN_MILLIS << Math.min(failures, 5));
        sleep(ThreadLocalRandom.current().nextLong(RETRY_MIN_MILLIS / 2, most));
    }

    private void sleep(long millis) {
        sleep = timer.schedule(this::wake, millis, TimeUnit.MILLISECONDS);
        if (stopped) {
            stopSleeping();
        }
    }

    private void stopSleeping() {
        Future<?> pending = sleep;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
