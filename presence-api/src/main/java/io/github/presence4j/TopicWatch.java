package io.github.presence4j;

import io.github.presence4j.spi.AsyncFailures;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.QuotedText;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The watch loop of one topic in one process for all its listeners: snapshot, order, timeouts (rules W1 to W10).
 *
 * <p>It reads the changes, delivers them to the listeners, and sleeps. It wakes when a timeout is due, a signal arrives, or
 * the safety interval ends. A little jitter lets one of many processes record a timeout and the others read it. Private
 * methods run in {@code steps}, one step after another; the others may be called from any thread. A step that fails is
 * retried (rule W8: a watch never ends silently).
 */
final class TopicWatch {
    private static final System.Logger LOG = System.getLogger(TopicWatch.class.getName());
    /** A single poll that fails within this time does not yet deliver {@link PresenceEvent.Interrupted}. */
    private static final long SHORT_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int MIN_PAGE = 10;

    private final TopicCalls calls;
    private final WatchSettings settings;
    private final PollPauses pauses;
    private final Executor steps;
    private final ListenerDelivery listeners;
    private final AtomicBoolean hinted = new AtomicBoolean();
    private final AtomicBoolean reported = new AtomicBoolean();
    private final LogThrottle failedSteps = new LogThrottle();
    private final Set<ListenerQueue> newcomers = new HashSet<>();
    /** Newcomers that came before the poll under way began, so that its answer may be their snapshot. */
    private final Set<ListenerQueue> arriving = new HashSet<>();

    private @Nullable Changes last;
    private Instant lastHeard = ProcessClock.now();
    private volatile @Nullable Subscription signals;
    private volatile @Nullable Future<?> sleep;
    private volatile boolean stopped;
    /** The number of the current poll. Answers of earlier polls are ignored. */
    private long poll;

    private boolean polling;
    private boolean pollAgain;
    private boolean resyncing;
    private int pageLimit = TopicCalls.PAGE;
    private int failures;
    private long askedNanos;

    /** The answer of a poll. The view is present if the poll had to read the topic. */
    private record Answer(Changes at, @Nullable MemberView view) {}

    TopicWatch(TopicCalls calls, WatchSettings settings) {
        this.calls = calls;
        this.settings = settings;
        this.pauses = settings.pauses(calls.topic().ttl());
        SerialExecutor serial = new SerialExecutor(settings.timer(), settings.timer(), "the watch of topic " + topic());
        this.steps = step -> serial.execute(() -> run(step));
        this.listeners = new ListenerDelivery(calls, steps, settings.timer(), pauses.patience());
    }

    void add(ListenerQueue listener) {
        steps.execute(() -> {
            newcomers.add(listener);
            poll();
        });
    }

    void remove(ListenerQueue listener) {
        steps.execute(() -> {
            newcomers.remove(listener);
            arriving.remove(listener);
            listeners.remove(listener);
        });
    }

    /** Takes effect at once, from any thread, also when the timer is about to be shut down. */
    void stop() {
        stopped = true;
        stopSleeping();
        stopListening();
        endOutage();
    }

    /** Signals that arrive while a poll is already requested count as one. */
    void wake() {
        if (hinted.compareAndSet(false, true)) {
            steps.execute(() -> {
                hinted.set(false);
                poll();
            });
        }
    }

    private String topic() {
        return QuotedText.of(calls.topic().name());
    }

    /** Runs a step. If it fails, repeats the poll from the last cursor. */
    private void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            if (!stopped) {
                if (failedSteps.count() > 0) {
                    LOG.log(System.Logger.Level.WARNING, "A step of watching " + topic() + " failed; retrying", e);
                }
                poll++;
                listeners.recover();
                retry(null);
            }
        }
    }

    private void listen() {
        if (signals == null && !stopped) {
            try {
                signals = calls.onChange(this::wake);
            } catch (RuntimeException | Error e) {
                if (failedSteps.count() > 0) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "Listening for changes of topic " + topic() + " failed; retrying with the next poll",
                            e);
                }
            }
        }
        if (stopped) {
            stopListening();
        }
    }

    private void stopListening() {
        Subscription open = signals;
        if (open != null) {
            open.close();
        }
    }

    private void poll() {
        if (stopped || polling) {
            pollAgain = true;
            return;
        }
        polling = true;
        pollAgain = false;
        long number = ++poll;
        arriving.addAll(newcomers);
        newcomers.clear();
        stopSleeping();
        listen();
        askedNanos = ProcessClock.nanoTime();
        String cursor = last == null ? null : last.cursor();
        AtomicBoolean begun = new AtomicBoolean();
        settings.slots()
                .submit(failures > 0, () -> {
                    begun.set(true);
                    return read(cursor);
                })
                .whenCompleteAsync((answer, failure) -> answered(number, answer, failure), steps);
        if (!begun.get()) {
            long millis = Math.max(settings.timeoutMillis(), pauses.safety());
            settings.timer()
                    .schedule(() -> steps.execute(() -> stillWaiting(number, begun)), millis, TimeUnit.MILLISECONDS);
        }
    }

    private CompletableFuture<Answer> read(@Nullable String cursor) {
        if (stopped) {
            return CompletableFuture.failedFuture(new IllegalStateException("the watch has ended"));
        }
        return calls.changesSince(cursor)
                .thenComposeAsync(
                        changes -> changes.gap()
                                ? resync(changes)
                                : CompletableFuture.completedFuture(new Answer(changes, null)),
                        steps);
    }

    private CompletableFuture<Answer> resync(Changes gap) {
        resyncing = true;
        return new Resync(calls, steps, pageLimit)
                .from(gap)
                .thenApply(outcome -> new Answer(outcome.at(), outcome.complete() ? outcome.view() : null));
    }

    /** Delivers Interrupted if the poll could not begin in time, because too many other polls were under way. */
    private void stillWaiting(long number, AtomicBoolean begun) {
        if (number == poll && polling && !begun.get() && !stopped) {
            listeners.interrupt(lastHeard);
        }
    }

    private void answered(long number, @Nullable Answer answer, @Nullable Throwable failure) {
        if (stopped || number != poll) {
            return;
        }
        if (answer == null) {
            retry(failure);
        } else if (answer.view() != null) {
            listeners.resync(answer.view(), answer.at().position());
            settle(answer.at());
        } else if (answer.at().gap()) {
            retry(failures == 0 ? null : tooShort());
        } else {
            listeners.tell(answer.at(), () -> settle(answer.at()));
        }
    }

    private PresenceException tooShort() {
        return new PresenceException(
                "Topic " + topic() + " changes too fast: its log ended before a page of " + pageLimit
                        + " members was read",
                null);
    }

    private void settle(Changes changes) {
        boolean first = last == null;
        last = changes;
        failures = 0;
        polling = false;
        lastHeard = ProcessClock.now();
        pageLimit = resyncing ? Math.min(TopicCalls.PAGE, pageLimit * 2) : pageLimit;
        resyncing = false;
        endOutage();
        listeners.heard();
        if (!arriving.isEmpty()) {
            listeners.join(arriving);
            arriving.clear();
        }
        if (pollAgain || changes.untilNext().compareTo(Changes.SOON) <= 0) {
            poll();
        } else {
            sleep(pauses.next(changes.untilNext(), first));
        }
    }

    private void retry(@Nullable Throwable failure) {
        polling = false;
        failures++;
        if (failure != null && !reported.getAndSet(true)) {
            settings.outages().begin(calls.topic().name(), AsyncFailures.unwrap(failure));
            if (stopped) {
                endOutage();
            }
        }
        if (failures > 1 || ProcessClock.nanoTime() - askedNanos >= SHORT_FAILURE_NANOS) {
            listeners.interrupt(lastHeard);
        }
        if (resyncing) {
            pageLimit = Math.max(MIN_PAGE, pageLimit / 4);
            resyncing = false;
        }
        sleep(PollPauses.retry(failures));
    }

    private void endOutage() {
        if (reported.getAndSet(false)) {
            settings.outages().end();
        }
    }

    /** Schedules the next poll. If the timer cannot start a thread it throws, but has queued the task. */
    private void sleep(long millis) {
        try {
            sleep = settings.timer().schedule(this::wake, millis, TimeUnit.MILLISECONDS);
        } catch (OutOfMemoryError e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "No timer thread could be started; events of topic " + topic() + " may be late",
                    e);
        }
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
