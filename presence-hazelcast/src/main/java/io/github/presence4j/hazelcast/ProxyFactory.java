package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.topic.ITopic;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Creates Hazelcast's proxies, which blocks until a lost connection has been noticed or restored. Thread-safe.
 *
 * <p>The end of the store interrupts what blocks. Otherwise a proxy that is still being created would make the shutdown of the
 * application's own client throw.
 */
final class ProxyFactory {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final HazelcastInstance hazelcast;
    private final Set<Thread> creating = new HashSet<>();
    private boolean closed;

    ProxyFactory(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** Returns whether there is a connection now. Proxies must not be created without one. */
    boolean isUp() {
        return Connectivity.isUp(hazelcast);
    }

    IMap<String, StoredValue> map(String name) {
        return create(() -> hazelcast.getMap(name));
    }

    ITopic<String> topic(String name) {
        return create(() -> hazelcast.getTopic(name));
    }

    private <T> T create(Supplier<T> step) {
        begin();
        try {
            return step.get();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        if (closed) {
            throw HazelcastErrors.closed();
        }
        creating.add(Thread.currentThread());
    }

    /** Takes back an interrupt that came too late, so that it does not meet the thread's next task. */
    private synchronized void end() {
        creating.remove(Thread.currentThread());
        if (closed) {
            Thread.interrupted();
        }
        notifyAll();
    }

    /** Ends what is under way, and waits for that, usually for less than a millisecond and at most for a second. */
    synchronized void close() {
        closed = true;
        creating.forEach(Thread::interrupt);
        long end = StoreClock.ticks() + PATIENCE.toNanos();
        try {
            for (long left = PATIENCE.toNanos(); !creating.isEmpty() && left > 0; left = end - StoreClock.ticks()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
