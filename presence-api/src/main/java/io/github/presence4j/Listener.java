package io.github.presence4j;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One subscriber and the events that wait for it. It has a thread only while it is busy, so a listener that blocks or throws
 * harms only itself (W6).
 */
final class Listener {
    private static final System.Logger LOG = System.getLogger(Listener.class.getName());

    private final Consumer<? super PresenceEvent> consumer;
    private final int capacity;
    private final Serial thread;
    private final Deque<PresenceEvent> queue = new ArrayDeque<>();
    private volatile boolean closed;

    Listener(Consumer<? super PresenceEvent> consumer, int capacity, Executor executor) {
        this.consumer = consumer;
        this.capacity = capacity;
        this.thread = new Serial(executor);
    }

    /** Queues an event, or says that there is no room: the listener has fallen behind. */
    boolean offer(PresenceEvent event) {
        synchronized (queue) {
            if (queue.size() >= capacity) {
                return false;
            }
            queue.addLast(event);
        }
        thread.execute(this::deliver);
        return true;
    }

    /** Queues a difference, whole: it is bounded by the size of the topic, not by the queue. */
    void offerAll(Collection<PresenceEvent> events) {
        synchronized (queue) {
            queue.addAll(events);
        }
        events.forEach(event -> thread.execute(this::deliver));
    }

    /** Runs a task when everything that is queued now has been delivered. */
    void whenDrained(Runnable task) {
        thread.execute(task);
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    private void deliver() {
        PresenceEvent event;
        synchronized (queue) {
            event = queue.removeFirst();
        }
        if (closed) {
            return;
        }
        try {
            consumer.accept(event);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "A presence listener threw; it goes on with the next event", e);
        }
    }
}
