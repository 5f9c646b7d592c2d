package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceTopic;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rule T1: when a store reads its clock. */
interface ClockContract {
    int READS = 100;

    /**
     * One thread renews a member all the time, another one reads. A read counts if every touch before, during and after it was a
     * renewal: then the member was live throughout, however slow the machine is. If the machine is so slow that the member
     * expires, the TTL grows.
     */
    @Test
    default void t1_aReadThatOverlapsRenewalsFindsTheMember(TestContext stage) throws InterruptedException {
        int counted = 0;
        for (int millis = 5; counted < READS; millis *= 2) {
            assertThat(millis)
                    .as("TTL under which %d of %d reads counted", counted, READS)
                    .isLessThan(60_000);
            counted += read(stage, stage.fresh(Duration.ofMillis(millis)), millis);
        }
    }

    private static int read(TestContext stage, PresenceTopic topic, int millis) throws InterruptedException {
        AtomicInteger joins = new AtomicInteger();
        AtomicInteger touches = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        Thread renewing = new Thread(() -> {
            while (!stopped.get()) {
                if (topic.touch("ana")) {
                    joins.incrementAndGet();
                }
                touches.incrementAndGet();
            }
        });
        renewing.setDaemon(true);
        renewing.start();
        int counted = 0;
        try {
            stage.until("a touch", () -> touches.get() > 0);
            for (int i = 0; i < READS; i++) {
                int before = joins.get();
                boolean live = topic.isLive("ana");
                int during = touches.get();
                stage.until("two touches", () -> touches.get() >= during + 2);
                if (joins.get() == before) {
                    assertThat(live)
                            .as("live, as all touches were renewals, under a TTL of %d ms", millis)
                            .isTrue();
                    counted++;
                }
            }
        } finally {
            stopped.set(true);
            renewing.join();
        }
        return counted;
    }
}
