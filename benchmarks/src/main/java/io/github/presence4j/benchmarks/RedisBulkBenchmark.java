package io.github.presence4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
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
 * Many members in one call, beside as many pipelined commands ({@code plain}) and one command of Redis for them all
 * ({@code plain-bulk}), which is the most that a server can do.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@Threads(2)
@State(Scope.Benchmark)
public class RedisBulkBenchmark {
    private static final int TOUCHES = 256;
    private static final int QUESTIONS = 100;

    @Param({"presence4j", "plain", "plain-bulk"})
    private String contestant = "";

    @Param("100000")
    private int members;

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private RedisCrowd crowd;

    /** Where a thread is. */
    @State(Scope.Thread)
    public static class Client {
        private Walk walk = new Walk(1, 0, 1);

        /**
         * Divides the members among the threads.
         *
         * @param threads which of how many this is
         * @param benchmark the members
         */
        @Setup
        public void divide(ThreadParams threads, RedisBulkBenchmark benchmark) {
            walk = new Walk(benchmark.members, threads.getThreadIndex(), threads.getThreadCount());
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
     * 256 heartbeats at once; the score is per heartbeat.
     *
     * @param client which members
     */
    @Benchmark
    @OperationsPerInvocation(TOUCHES)
    public void touchAll256(Client client) {
        crowd.contestant.touchAll(client.walk.next(crowd.names, TOUCHES));
    }

    /**
     * Who of 100 is live; the score is per name.
     *
     * @param client which members
     * @return how many
     */
    @Benchmark
    @OperationsPerInvocation(QUESTIONS)
    public int liveAmong100(Client client) {
        return crowd.contestant.liveAmong(client.walk.next(crowd.names, QUESTIONS));
    }

    /**
     * Everybody who is live.
     *
     * @return how many
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Threads(1)
    public int list() {
        return crowd.contestant.list();
    }
}
