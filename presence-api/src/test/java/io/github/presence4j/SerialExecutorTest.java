package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executors that fail (W8). */
class SerialExecutorTest {
    private final VirtualTimer timer = new VirtualTimer();
    private final List<Integer> ran = new ArrayList<>();
    private final List<Runnable> kept = new ArrayList<>();
    private boolean refusing = true;
    private boolean keeping;
    private boolean noThread;

    private final SerialExecutor serial = new SerialExecutor(this::runOrRefuse, timer, "a test");

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    private void runOrRefuse(Runnable task) {
        if (!refusing) {
            task.run();
            return;
        }
        if (keeping) {
            kept.add(task);
        }
        if (noThread) {
            throw new OutOfMemoryError("unable to create native thread, says the test");
        }
        throw new RejectedExecutionException("full, says the test");
    }

    private void execute(Executor executor, int... numbers) {
        IntStream.of(numbers).forEach(number -> executor.execute(() -> ran.add(number)));
    }

    @Test
    void w8_whatWasRefusedRunsLaterInOrder() {
        execute(serial, 1, 2, 3);
        timer.advance(Duration.ofMinutes(1));
        assertThat(ran).isEmpty();
        refusing = false;
        timer.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly(1, 2, 3);
        execute(serial, 4);
        assertThat(ran).containsExactly(1, 2, 3, 4);
    }

    @Test
    void w8_aThreadThatCannotBeStartedIsARefusal() {
        noThread = true;
        execute(serial, 1);
        refusing = false;
        timer.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly(1);
    }

    /** Behaves like a scheduled executor whose thread cannot be started: it throws, and keeps the task. */
    @Test
    void w8_aTaskThatWasRefusedAndKeptRunsOnce() {
        keeping = true;
        execute(serial, 1, 2);
        refusing = false;
        timer.advance(Duration.ofSeconds(2));
        kept.forEach(Runnable::run);
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void w8_whereTheTimerFailsAsWellTheNextTaskIsATry() {
        VirtualTimer dead = new VirtualTimer() {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                throw new OutOfMemoryError("unable to create native thread, says the test");
            }
        };
        SerialExecutor both = new SerialExecutor(this::runOrRefuse, dead, "a test");
        execute(both, 1);
        refusing = false;
        execute(both, 2);
        assertThat(ran).containsExactly(1, 2);
        dead.shutdownNow();
    }

    @Test
    void w8_aTaskThatThrowsDoesNotStopTheNext() {
        refusing = false;
        serial.execute(() -> {
            throw new StackOverflowError("thrown by the test");
        });
        execute(serial, 1);
        assertThat(ran).containsExactly(1);
    }

    @Test
    void g5_whatWasForgottenIsNotTriedAgain() {
        execute(serial, 1);
        serial.clear();
        refusing = false;
        timer.advance(Duration.ofMinutes(1));
        assertThat(ran).isEmpty();
        execute(serial, 2);
        assertThat(ran).containsExactly(2);
    }

    @Test
    void b5_whereNoFurtherThreadStartsTheOnesThereAreDoTheWork() throws InterruptedException {
        int[] started = {0};
        ListenerThreads threads = new ListenerThreads(task -> new Thread(task) {
            @Override
            public synchronized void start() {
                if (started[0]++ > 0) {
                    throw new OutOfMemoryError("unable to create native thread, says the test");
                }
                super.start();
            }
        });
        CountDownLatch done = new CountDownLatch(100);
        IntStream.range(0, 100).forEach(i -> threads.execute(done::countDown));
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        threads.shutdownNow();
    }
}
