package io.github.presence4j.soak;

import io.github.presence4j.PresenceException;
import io.github.presence4j.spi.AsyncFailures;
import io.github.presence4j.testkit.fault.Timing;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The results of the calls since the last pause. */
final class CallCounts {
    private static final int MAX_NOTES = 10;

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();

    void call(Runnable call) {
        long began = System.nanoTime();
        try {
            call.run();
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            ended(began);
        }
    }

    void ended(long began) {
        calls.incrementAndGet();
        longest.accumulateAndGet(Timing.since(began).toMillis(), Math::max);
    }

    /**
     * Counts a failure. An outage must have its own type (E7), and no exception of a client library may reach the caller (E6).
     */
    void failed(Throwable failure) {
        Throwable cause = AsyncFailures.unwrap(failure);
        failed.incrementAndGet();
        boolean named = cause instanceof PresenceException && cause.getClass() != PresenceException.class;
        if (!named && wrong.size() < MAX_NOTES) {
            wrong.add(cause.toString().replace('\n', ' '));
        }
    }

    long calls() {
        return calls.get();
    }

    /** Returns the numbers of calls and failures and the longest call in ms, then any wrong failures. Resets all counts. */
    String take() {
        String taken = calls.getAndSet(0) + " " + failed.getAndSet(0) + " " + longest.getAndSet(0) + " " + wrong;
        wrong.clear();
        return taken;
    }
}
