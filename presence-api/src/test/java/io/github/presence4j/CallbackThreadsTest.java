package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How callbacks get their threads. */
class CallbackThreadsTest {
    private static final int ROUNDS = 10_000;
    private static final int CALLERS = 4;
    private static final int BLOCKED = 16;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration AT_THE_LATEST = Duration.ofSeconds(30);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final CallbackThreads threads = new CallbackThreads(timer, IDLE.toNanos());

    @AfterEach
    void close() {
        callers.shutdownNow();
        timer.shutdownNow();
        threads.close();
    }

    @Test
    void e8_noCallbackIsForgottenWhenThreadsFallAsleep() {
        List<CompletableFuture<Void>> ends = IntStream.range(0, CALLERS)
                .mapToObj(caller -> CompletableFuture.runAsync(this::callOneAfterAnother, callers))
                .toList();
        assertThat(ends).allSatisfy(end -> assertThat(end).succeedsWithin(AT_THE_LATEST.multipliedBy(2)));
    }

    /** The pauses end about when the thread that ran the last callback falls asleep. */
    private void callOneAfterAnother() {
        for (int i = 0; i < ROUNDS; i++) {
            threadOfACallback()
                    .orTimeout(AT_THE_LATEST.toSeconds(), TimeUnit.SECONDS)
                    .join();
            LockSupport.parkNanos(i % 64 * 100L);
        }
    }

    private CompletableFuture<Thread> threadOfACallback() {
        return CompletableFuture.supplyAsync(Thread::currentThread, threads);
    }

    @Test
    void b5_threadsThatAreNoLongerNeededEndWhileCallbacksGoOn() throws InterruptedException {
        Set<Thread> needed = ConcurrentHashMap.newKeySet();
        CountDownLatch blocked = new CountDownLatch(BLOCKED);
        CompletableFuture<Void> end = new CompletableFuture<>();
        for (int i = 0; i < BLOCKED; i++) {
            threads.execute(() -> {
                needed.add(Thread.currentThread());
                blocked.countDown();
                end.join();
            });
        }
        blocked.await();
        assertThat(needed).hasSize(BLOCKED);
        end.complete(null);
        long begin = System.nanoTime();
        while (alive(needed) > 1 && System.nanoTime() - begin < AT_THE_LATEST.toNanos()) {
            threadOfACallback().join();
        }
        assertThat(alive(needed)).isLessThanOrEqualTo(1);
    }

    private static long alive(Set<Thread> threads) {
        return threads.stream().filter(Thread::isAlive).count();
    }
}
