package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.benchmarks.contestant.BenchmarkEnvironment;
import io.github.presence4j.benchmarks.contestant.SecondProcess;
import io.github.presence4j.spi.PresenceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Makes a new member join every five milliseconds; its name is the microsecond in which the join was due. */
final class JoinGenerator {
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration BEFORE = Duration.ofMillis(500);
    private static final Duration LONGER = Duration.ofSeconds(30);

    private JoinGenerator() {}

    /**
     * In a process of its own.
     *
     * @param args the venue, its address, and for how many milliseconds
     */
    public static void main(String[] args) {
        try (BenchmarkEnvironment there = BenchmarkEnvironment.guest(args[0], args[1]);
                PresenceStore store = there.store();
                Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            run(presence, Duration.ofMillis(Long.parseLong(args[2])));
            SecondProcess.awaitEnd();
        }
    }

    /** Runs for the time and a little longer, in case the first joins are not seen, or until the thread is interrupted. */
    static void run(Presence presence, Duration time) {
        AsyncPresenceTopic topic = presence.topic(WatchLatency.TOPIC).async();
        topic.count().toCompletableFuture().join();
        long due = now() + micros(BEFORE);
        long end = due + micros(time) + micros(LONGER);
        Thread thread = Thread.currentThread();
        for (; due <= end && !thread.isInterrupted(); due += micros(PAUSE)) {
            for (long early = due - now(); early > 0 && !thread.isInterrupted(); early = due - now()) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(early));
            }
            topic.touch(Long.toString(due));
        }
    }

    /** Both processes read the clock of one machine. */
    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    static long micros(Duration time) {
        return TimeUnit.NANOSECONDS.toMicros(time.toNanos());
    }
}
