package io.github.presence4j;

import io.github.presence4j.spi.QuotedText;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber and the events that wait for it. It has a thread only while it is busy, so a listener that blocks or throws
 * does not affect others (W6). Thread-safe; only the steps of the watch add events.
 */
final class ListenerQueue {
    private static final System.Logger LOG = System.getLogger(ListenerQueue.class.getName());

    private final String topic;
    private final Consumer<? super PresenceEvent> consumer;
    private final int capacity;
    private final SerialExecutor thread;
    private final Deque<PresenceEvent> queue = new ArrayDeque<>();
    private final LogThrottle thrown = new LogThrottle();
    /** Whether events are queued or one is being delivered. */
    private boolean busy;
    /** When an event was last taken, or the queue last became non-empty; by {@link ProcessClock#nanoTime}. */
    private long progress;

    private @Nullable Runnable whenIdle;
    private volatile boolean closed;

    ListenerQueue(String topic, Consumer<? super PresenceEvent> consumer, int capacity, SerialExecutor thread) {
        this.topic = topic;
        this.consumer = consumer;
        this.capacity = capacity;
        this.thread = thread;
    }

    boolean hasRoom() {
        synchronized (queue) {
            return queue.size() < capacity || closed;
        }
    }

    /** Queues an event. The caller has checked {@link #hasRoom}. */
    void add(PresenceEvent event) {
        addAll(List.of(event));
    }

    /** Queues a difference, whole: it is bounded by the size of the topic, not by the queue. */
    void addAll(Collection<PresenceEvent> events) {
        synchronized (queue) {
            if (closed || events.isEmpty()) {
                return;
            }
            queue.addAll(events);
            if (busy) {
                return;
            }
            busy = true;
            progress = ProcessClock.nanoTime();
        }
        thread.execute(this::deliver);
    }

    /** Returns whether events wait and none was taken for longer than this. */
    boolean isStalled(long nanos) {
        synchronized (queue) {
            return busy && ProcessClock.nanoTime() - progress > nanos;
        }
    }

    /** Runs a task once, when all queued events have been delivered. A later call replaces the task. */
    void whenIdle(Runnable task) {
        synchronized (queue) {
            if (busy) {
                whenIdle = task;
                return;
            }
            whenIdle = null;
        }
        task.run();
    }

    void close() {
        closed = true;
        synchronized (queue) {
            queue.clear();
            whenIdle = null;
        }
        thread.clear();
    }

    private void deliver() {
        PresenceEvent event;
        synchronized (queue) {
            event = queue.pollFirst();
            progress = ProcessClock.nanoTime();
        }
        if (event != null && !closed) {
            tell(event);
        }
        Runnable idle;
        boolean more;
        synchronized (queue) {
            more = !queue.isEmpty();
            busy = more;
            idle = more ? null : whenIdle;
            whenIdle = more ? whenIdle : null;
        }
        if (more) {
            thread.execute(this::deliver);
        } else if (idle != null) {
            idle.run();
        }
    }

    private void tell(PresenceEvent event) {
        try {
            consumer.accept(event);
        } catch (RuntimeException | Error e) {
            long times = thrown.count();
            if (times > 0) {
                String more = times == 1 ? "" : " " + times + " times since the last line like this";
                LOG.log(
                        System.Logger.Level.WARNING,
                        "A presence listener for topic " + QuotedText.of(topic) + " threw" + more
                                + "; continuing with the next event. Further failures are logged at most once a minute.",
                        e);
            }
        }
    }
}
