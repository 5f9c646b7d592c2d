package io.github.presence4j.soak;

import io.github.presence4j.Presence;
import io.github.presence4j.testkit.fault.Eventually;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Threads that make random calls until the load is ended. */
final class LoadThreads {
    private static final int THREADS = 4;
    private static final long PAUSE_NANOS = 500_000;

    private final List<Thread> threads;
    private volatile boolean ended;

    LoadThreads(Presence presence, long seed, CallCounts counts) {
        threads = IntStream.range(0, THREADS)
                .mapToObj(i ->
                        new Thread(() -> run(new RandomCalls(presence, seed * THREADS + i, counts)), "load " + i))
                .toList();
        threads.forEach(Thread::start);
    }

    private void run(RandomCalls calls) {
        while (!ended) {
            calls.next();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        calls.end();
    }

    void end() {
        ended = true;
        Eventually.await("the load ends", () -> threads.stream().noneMatch(Thread::isAlive));
    }
}
