package io.github.presence4j;

import io.github.presence4j.spi.Changes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one topic in one process, and what each has received. Used only within the steps of the watch.
 *
 * <p>An answer of the store may have more events than the queue of a listener holds. Then the rest of the answer waits for the
 * listener (W10), but only briefly: a listener that does not empty its queue in time lags. It receives no events until its queue
 * is empty, and then the difference (W5). After that it is not waited for again until it has caught up, so it delays the others
 * only once (W6).
 */
final class ListenerDelivery {
    private final TopicCalls calls;
    /** Runs the steps of the watch. */
    private final Executor steps;

    private final ScheduledExecutorService timer;
    private final long patienceMillis;

    private final Set<ListenerQueue> all = new HashSet<>();
    /** The listeners that lag, with the view that each last received. */
    private final Map<ListenerQueue, MemberView> lagging = new HashMap<>();
    /** The listeners that lagged and have not emptied their queue since. */
    private final Set<ListenerQueue> slow = new HashSet<>();
    /** The listeners that have received Interrupted and not yet Resumed. */
    private final Set<ListenerQueue> interrupted = new HashSet<>();
    /** The listeners that the current answer waits for. */
    private final Set<ListenerQueue> full = new HashSet<>();

    private MemberView view = new MemberView();
    private Position position = new Position(0, 0);
    private @Nullable Instant lastHeard;
    private @Nullable Answer underWay;
    private boolean recovering;

    /** An answer that is being delivered, and how long it has waited for each listener. */
    private static final class Answer {
        final Queue<PresenceEvent> events;
        final Position position;
        final Runnable done;
        final Map<ListenerQueue, Long> waitedNanos = new HashMap<>();
        long waitingSince;

        Answer(Changes changes, Runnable done) {
            this.events = new ArrayDeque<>(changes.events());
            this.position = changes.position();
            this.done = done;
        }
    }

    ListenerDelivery(TopicCalls calls, Executor steps, ScheduledExecutorService timer, long patienceMillis) {
        this.calls = calls;
        this.steps = steps;
        this.timer = timer;
        this.patienceMillis = patienceMillis;
    }

    /** Delivers the snapshot to new listeners and adds them. */
    void join(Collection<ListenerQueue> newcomers) {
        PresenceEvent snapshot = new PresenceEvent.Snapshot(view.members(), position);
        newcomers.forEach(newcomer -> newcomer.add(snapshot));
        all.addAll(newcomers);
    }

    void remove(ListenerQueue listener) {
        all.remove(listener);
        lagging.remove(listener);
        slow.remove(listener);
        interrupted.remove(listener);
        hasRoomNow(listener);
    }

    /** Delivers the events of an answer, then runs {@code done}. */
    void tell(Changes changes, Runnable done) {
        underWay = new Answer(changes, done);
        handOn(underWay);
    }

    private void handOn(Answer answer) {
        for (PresenceEvent event = answer.events.peek(); event != null; event = answer.events.peek()) {
            if (view.accepts(event)) {
                findFull(answer);
                if (!full.isEmpty()) {
                    return;
                }
                for (ListenerQueue listener : all) {
                    if (!lagging.containsKey(listener)) {
                        listener.add(event);
                    }
                }
                view.apply(event);
            }
            position = event.position();
            answer.events.remove();
        }
        underWay = null;
        position = answer.position;
        answer.done.run();
    }

    /** Finds the listeners without room. Those that may still be waited for go into {@code full}; the others lag from now on. */
    private void findFull(Answer answer) {
        for (ListenerQueue listener : all) {
            if (!lagging.containsKey(listener) && !listener.hasRoom()) {
                if (mayBeWaitedFor(listener, answer)) {
                    full.add(listener);
                } else {
                    lag(listener);
                }
            }
        }
        if (!full.isEmpty()) {
            answer.waitingSince = ProcessClock.nanoTime();
            for (ListenerQueue listener : List.copyOf(full)) {
                listener.whenIdle(() -> steps.execute(() -> hasRoomNow(listener)));
            }
            timer.schedule(() -> steps.execute(() -> stopWaiting(answer)), patienceMillis, TimeUnit.MILLISECONDS);
        }
    }

    private boolean mayBeWaitedFor(ListenerQueue listener, Answer answer) {
        long patience = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        return !slow.contains(listener)
                && !listener.isStalled(patience)
                && answer.waitedNanos.getOrDefault(listener, 0L) < patience;
    }

    private void hasRoomNow(ListenerQueue listener) {
        Answer answer = underWay;
        if (full.remove(listener) && answer != null) {
            answer.waitedNanos.merge(listener, ProcessClock.nanoTime() - answer.waitingSince, Long::sum);
            if (full.isEmpty()) {
                handOn(answer);
            }
        }
    }

    private void stopWaiting(Answer answer) {
        long waited = ProcessClock.nanoTime() - answer.waitingSince;
        if (underWay == answer && !full.isEmpty() && waited >= TimeUnit.MILLISECONDS.toNanos(patienceMillis)) {
            full.forEach(listener -> answer.waitedNanos.put(listener, Long.MAX_VALUE));
            full.clear();
            handOn(answer);
        }
    }

    private void lag(ListenerQueue listener) {
        lagging.put(listener, view.copy());
        slow.add(listener);
        listener.whenIdle(() -> steps.execute(() -> catchUp(listener)));
    }

    /**
     * Delivers the difference to a listener that lagged. Events do not report the end of single sessions. So members that joined
     * are read first, for the listener to receive a session that is live.
     */
    private void catchUp(ListenerQueue listener) {
        MemberView told = lagging.get(listener);
        if (told == null) {
            return;
        }
        Set<String> joined = told.joinedIn(view);
        if (joined.isEmpty()) {
            catchUp(listener, Map.of());
            return;
        }
        read(joined).whenCompleteAsync((live, failure) -> catchUp(listener, failure == null ? live : Map.of()), steps);
    }

    private CompletableFuture<Map<String, Member>> read(Set<String> members) {
        try {
            return calls.live(members);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void catchUp(ListenerQueue listener, Map<String, Member> live) {
        MemberView told = lagging.get(listener);
        if (told != null) {
            listener.addAll(told.missing(view, position, live));
            lagging.remove(listener);
            tellState(listener);
            listener.whenIdle(() -> steps.execute(() -> slow.remove(listener)));
        }
    }

    /** Replaces the view by one that was read, and delivers the difference. */
    void resync(MemberView newer, Position at) {
        List<PresenceEvent> missed = view.missing(newer, at);
        for (ListenerQueue listener : all) {
            if (!lagging.containsKey(listener)) {
                listener.addAll(missed);
            }
        }
        view = newer;
        position = at;
    }

    /** Delivers Interrupted, unless that was done for this outage. */
    void interrupt(Instant heard) {
        if (lastHeard == null) {
            lastHeard = heard;
            tellState();
        }
    }

    /** Ends an outage after an answer of the store: delivers Resumed to the listeners that received Interrupted. */
    void heard() {
        if (recovering) {
            catchUpAll();
        }
        if (lastHeard != null) {
            lastHeard = null;
            tellState();
        }
    }

    private void tellState() {
        for (ListenerQueue listener : all) {
            if (lagging.containsKey(listener)) {
                continue;
            }
            if (listener.hasRoom()) {
                tellState(listener);
            } else {
                lag(listener);
            }
        }
    }

    private void tellState(ListenerQueue listener) {
        Instant heard = lastHeard;
        if (heard != null && interrupted.add(listener)) {
            listener.add(new PresenceEvent.Interrupted(heard, position));
        } else if (heard == null && interrupted.remove(listener)) {
            listener.add(new PresenceEvent.Resumed(position));
        }
    }

    /** Recovers from a failed step: the current answer is read again, then the listeners that lag are tried again. */
    void recover() {
        underWay = null;
        full.clear();
        recovering = true;
    }

    private void catchUpAll() {
        recovering = false;
        for (ListenerQueue listener : List.copyOf(lagging.keySet())) {
            listener.whenIdle(() -> steps.execute(() -> catchUp(listener)));
        }
    }
}
