package io.github.presence4j.benchmarks;

import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Heartbeats of members that are live, and single reads: 100,000 members, touched at random, two threads. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(3)
@Threads(2)
@State(Scope.Benchmark)
public class HeartbeatBenchmark {
    @Param({"presence4j", "caffeine", "hashmap"})
    private String contestant = "";

    @Param("100000")
    private int members;

    private String[] names = {};
    private Contestant presence = Contestant.named("hashmap");

    /** Where a thread is in a shuffled round of all members. */
    @State(Scope.Thread)
    public static class Round {
        private int next = ThreadLocalRandom.current().nextInt(1 << 20);

        private String next(String[] names) {
            next = next == Integer.MAX_VALUE ? 0 : next + 1;
            return names[next % names.length];
        }
    }

    /** Everybody joins, in another order than they are touched in, so that memory is not walked in a row. */
    @Setup
    public void join() {
        Random random = new Random(42);
        names = random.longs(members)
                .mapToObj(bits -> new UUID(bits, ~bits).toString())
                .toArray(String[]::new);
        presence = Contestant.named(contestant);
        random.ints(0, members).distinct().limit(members).forEach(i -> presence.touch(names[i]));
    }

    /** Ends what the contestant started. */
    @TearDown
    public void close() {
        presence.close();
    }

    /**
     * A heartbeat of a live member.
     *
     * @param round which member
     * @return whether the member joined; it does not
     */
    @Benchmark
    public boolean renew(Round round) {
        return presence.touch(round.next(names));
    }

    /**
     * Whether a live member is live.
     *
     * @param round which member
     * @return that it is
     */
    @Benchmark
    public boolean isLive(Round round) {
        return presence.isLive(round.next(names));
    }
}
