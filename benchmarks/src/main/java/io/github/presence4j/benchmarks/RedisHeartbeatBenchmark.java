package io.github.presence4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Heartbeats of members that are live, and single reads, in Redis: 512 under way, or blocking threads. With
 * {@code -p members=10000,1000000} it shows what a touch costs as a topic grows.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class RedisHeartbeatBenchmark {
    private static final int UNDER_WAY = 512;

    @Param({"presence4j", "plain", "redisson-set", "redisson-map"})
    private String contestant = "";

    @Param("100000")
    private int members;

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private RedisCrowd crowd;

    /** Where a thread is, and what it has under way. */
    @State(Scope.Thread)
    public static class Client {
        private Walk walk = new Walk(1, 0, 1);
        private Window window = new Window(1);

        /**
         * Divides the members and the 512 among the threads.
         *
         * @param threads which of how many this is
         * @param benchmark the members
         */
        @Setup
        public void divide(ThreadParams threads, RedisHeartbeatBenchmark benchmark) {
            walk = new Walk(benchmark.members, threads.getThreadIndex(), threads.getThreadCount());
            window = new Window(UNDER_WAY / threads.getThreadCount());
        }

        /** Waits for what is under way, so that the next iteration starts anew. */
        @TearDown(Level.Iteration)
        public void drain() {
            window.drain();
        }
    }

    /** Starts a server and lets everybody join. */
    @Setup
    public void join() {
        crowd = new RedisCrowd(contestant, members);
    }

    /** Ends both. */
    @TearDown
    public void close() {
        crowd.close();
    }

    /**
     * Heartbeats, 512 of them under way.
     *
     * @param client which member
     */
    @Benchmark
    @Threads(2)
    public void touchAsync(Client client) {
        String member = crowd.names[client.walk.next()];
        client.window.begin(() -> crowd.contestant.touch(member));
    }

    /**
     * Heartbeats of many threads that wait for each.
     *
     * @param client which member
     */
    @Benchmark
    @Threads(64)
    public void touchBlocking64(Client client) {
        crowd.contestant.touchAndWait(crowd.names[client.walk.next()]);
    }

    /**
     * Heartbeats of one thread that waits for each.
     *
     * @param client which member
     */
    @Benchmark
    @Threads(1)
    public void touchBlocking1(Client client) {
        crowd.contestant.touchAndWait(crowd.names[client.walk.next()]);
    }

    /**
     * Whether members are live, 512 questions under way.
     *
     * @param client which member
     */
    @Benchmark
    @Threads(2)
    public void isLiveAsync(Client client) {
        String member = crowd.names[client.walk.next()];
        client.window.begin(() -> crowd.contestant.isLive(member));
    }
}
