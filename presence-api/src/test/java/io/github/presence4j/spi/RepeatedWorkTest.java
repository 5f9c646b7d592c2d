package io.github.presence4j.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that {@link BlockingCalls} repeats. */
@Timeout(60)
class RepeatedWorkTest {
    private final BlockingCalls calls = BlockingCalls.builder("test").threads(1).build();

    @Test
    void g5_workIsRepeatedThroughFailuresUntilTheEnd() throws Exception {
        BlockingQueue<Integer> runs = new LinkedBlockingQueue<>();
        AtomicInteger run = new AtomicInteger();
        calls.repeat(Duration.ofMillis(1), call -> {
            runs.add(run.incrementAndGet());
            throw new IOException("lost");
        });
        for (int i = 1; i <= 3; i++) {
            assertThat(runs.poll(30, TimeUnit.SECONDS)).isEqualTo(i);
        }
        calls.close();
        int last = run.get();
        assertThat(runs.poll(100, TimeUnit.MILLISECONDS) == null || run.get() == last)
                .isTrue();
    }
}
