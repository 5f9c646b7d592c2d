package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clock of a member, who reads it once for each operation on a cell that is there (T2): so it counts the operations that reach
 * an owner, by nothing of Hazelcast's own. An owner who waits for the time lets callers gather.
 */
final class CountedClock implements StoreClock {
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong ahead = new AtomicLong();
    private volatile CountDownLatch running = new CountDownLatch(0);

    static CountedClock install(HazelcastInstance member) {
        CountedClock clock = new CountedClock();
        member.getUserContext().put(StoreClock.KEY, clock);
        return clock;
    }

    @Override
    public long micros() {
        reads.incrementAndGet();
        try {
            running.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis() + ahead.get());
    }

    void elapse(Duration duration) {
        ahead.addAndGet(duration.toMillis());
    }

    void stop() {
        running = new CountDownLatch(1);
    }

    void goOn() {
        running.countDown();
    }

    /** Since this was asked last. */
    long operations() {
        return reads.getAndSet(0);
    }
}
