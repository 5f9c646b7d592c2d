package io.github.presence4j;

import io.github.presence4j.spi.AsyncFailures;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.NextChanges;
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
final class TopicWatch implements ChangeListener {
    private static final System.Logger LOG = System.getLogger(TopicWatch.class.getName());
    /** A single poll that fails within this time does not yet deliver {@link PresenceEvent.Interrupted}. */
    private static final long SHORT_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final TopicCalls calls;
    private final WatchSettings settings;
    private final PollPauses pauses;
    private final Executor steps;
    private final TopicPoll polls;
    private final ListenerDelivery listeners;
    private final AtomicBoolean hinted = new AtomicBoolean();
    private final AtomicBoolean offered = new AtomicBoolean();
    private final AtomicBoolean reported = new AtomicBoolean();
    private final LogThrottle failedSteps = new LogThrottle();
    private final Set<ListenerQueue> newcomers = new HashSet<>();
    /** Newcomers that came before the poll under way began, so that its answer may be their snapshot. */
    private final Set<ListenerQueue> arriving = new HashSet<>();

    private final SignalledChanges signalled = new SignalledChanges();

    private @Nullable Changes last;
    private Instant lastHeard = ProcessClock.now();
    private volatile @Nullable Subscription signals;
    private volatile @Nullable Future<?> sleep;
    private volatile boolean stopped;
    /** The number of the current poll. Answers of earlier polls are ignored. */
    private long poll;

    private boolean polling;
    private boolean pollAgain;
    private int failures;
    private long askedNanos;
    /** The time of the next poll, however many changes come with signals. */
    private long pollNanos;

    TopicWatch(TopicCalls calls, WatchSettings settings) {
        this.calls = calls;
        this.settings = settings;
        this.pauses = settings.pauses(calls.topic().ttl());
        SerialExecutor serial = new SerialExecutor(settings.timer(), settings.timer(), "the watch of topic " + topic());
        this.steps = step -> serial.execute(() -> run(step));
        this.polls = new TopicPoll(calls, steps);
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
    @Override
    public void changed() {
        request(hinted, this::poll);
    }

    @Override
    public void changed(NextChanges next) {
        signalled.add(next);
        request(offered, this::proceed);
    }

    private void request(AtomicBoolean requested, Runnable step) {
        if (requested.compareAndSet(false, true)) {
            steps.execute(() -> {
                requested.set(false);
                step.run();
            });
        }
    }

    /** Delivers the changes that came with signals if they follow. If they do not, or the store did not answer last, polls. */
    private void proceed() {
        if (polling || stopped) {
            return;
        }
        Changes known = last;
        Changes next = known == null || failures > 0 ? null : signalled.next(known);
        if (next != null) {
            polling = true;
            stopSleeping();
            listeners.tell(next, () -> settle(next, false));
        } else if (known == null || failures > 0 || signalled.takeIncomplete()) {
            poll();
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
                signals = calls.onChange(this);
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
                    return stopped
                            ? CompletableFuture.failedFuture(new IllegalStateException("the watch has ended"))
                            : polls.read(cursor);
                })
                .whenCompleteAsync((answer, failure) -> answered(number, answer, failure), steps);
        if (!begun.get()) {
            long millis = Math.max(settings.timeoutMillis(), pauses.safety());
            settings.timer()
                    .schedule(() -> steps.execute(() -> stillWaiting(number, begun)), millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Delivers Interrupted if the poll could not begin in time, because too many other polls were under way. */
    private void stillWaiting(long number, AtomicBoolean begun) {
        if (number == poll && polling && !begun.get() && !stopped) {
            listeners.interrupt(lastHeard);
        }
    }

    private void answered(long number, TopicPoll.@Nullable Answer answer, @Nullable Throwable failure) {
        if (stopped || number != poll) {
            return;
        }
        if (answer == null) {
            retry(failure);
        } else if (answer.view() != null) {
            listeners.resync(answer.view(), answer.at().position());
            settle(answer.at(), true);
        } else if (answer.at().gap()) {
            retry(failures == 0 ? null : polls.tooShort());
        } else {
            listeners.tell(answer.at(), () -> settle(answer.at(), true));
        }
    }

    private void settle(Changes changes, boolean polled) {
        boolean first = last == null;
        last = changes;
        failures = 0;
        polling = false;
        lastHeard = ProcessClock.now();
        polls.succeeded();
        endOutage();
        listeners.heard();
        if (!arriving.isEmpty()) {
            listeners.join(arriving);
            arriving.clear();
        }
        long now = ProcessClock.nanoTime();
        if (polled) {
            pollNanos = now + TimeUnit.MILLISECONDS.toNanos(pauses.safety());
        }
        if (pollAgain || changes.untilNext().compareTo(Changes.SOON) <= 0) {
            poll();
            return;
        }
        long pause = pauses.next(changes.untilNext(), first);
        sleep(polled ? pause : Math.min(pause, TimeUnit.NANOSECONDS.toMillis(Math.max(0, pollNanos - now))));
        proceed();
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
        polls.failed();
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
            sleep = settings.timer().schedule((Runnable) this::changed, millis, TimeUnit.MILLISECONDS);
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
