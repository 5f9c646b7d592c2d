package io.github.presence4j.testkit.fault;

import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How the calls of many threads ended, and how long they took. */
final class CallStats {
    private static final int MAX_UNNAMED = 20;

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong longestFailed = new AtomicLong();
    private final AtomicLong lastAnswered = new AtomicLong(System.nanoTime());
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> foreign = new ConcurrentLinkedQueue<>();
    private final Set<String> unnamed = ConcurrentHashMap.newKeySet();

    void call(Runnable call) {
        long began = System.nanoTime();
        try {
            call.run();
            lastAnswered.accumulateAndGet(began, (one, other) -> one - other > 0 ? one : other);
        } catch (PresenceException e) {
            failed.incrementAndGet();
            if (!(e instanceof PresenceUnavailableException) && unnamed.size() < MAX_UNNAMED) {
                unnamed.add(e.toString());
            }
            longestFailed.accumulateAndGet(Timing.since(began).toNanos(), Math::max);
        } catch (RuntimeException e) {
            foreign.add(e);
        } finally {
            longest.accumulateAndGet(Timing.since(began).toNanos(), Math::max);
            calls.incrementAndGet();
        }
    }

    /** Whatever the threads choose, they choose it by this, so that all is chosen equally often. */
    int nextNumber() {
        return numbers.getAndIncrement();
    }

    void wrong(String answer) {
        wrong.add(answer);
    }

    void awaitCalls(int more) {
        long enough = calls.get() + more;
        Eventually.await("more calls are made", () -> calls.get() >= enough);
    }

    void awaitAnswers(int more) {
        long enough = calls.get() - failed.get() + more;
        Eventually.await("more calls succeed", () -> calls.get() - failed.get() >= enough);
    }

    /** Whether a call that began after this time has succeeded. */
    boolean answeredSince(long time) {
        return lastAnswered.get() - time > 0;
    }

    Duration longest() {
        return Duration.ofNanos(longest.get());
    }

    FaultReport outcome(Set<String> violations, Set<String> skips, Duration back, Duration equal) {
        return new FaultReport(
                calls.get(),
                failed.get(),
                Duration.ofNanos(longestFailed.get()),
                List.copyOf(wrong),
                List.copyOf(foreign),
                Set.copyOf(unnamed),
                violations,
                skips,
                back,
                equal);
    }
}
