package io.github.presence4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Questions about members that are live. */
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@Threads(2)
public class QueryBenchmark {
    private static final int BULK = 100;

    /**
     * Whether one is live; threads that wait for each answer.
     *
     * @param crowd the members
     * @param client which one
     * @return that it is
     */
    @Benchmark
    public boolean isLive(PopulatedTopic crowd, LoadThread client) {
        return crowd.room().isLive(client.next());
    }

    /**
     * The same, 512 under way.
     *
     * @param crowd the members
     * @param client which one
     */
    @Benchmark
    public void isLiveUnderWay(PopulatedTopic crowd, LoadThread client) {
        String member = client.next();
        client.window().begin(() -> crowd.room().isLiveAsync(member));
    }

    /**
     * Who of 100 is live; the score is per name.
     *
     * @param crowd the members
     * @param client which ones
     * @return how many
     */
    @Benchmark
    @OperationsPerInvocation(BULK)
    public int liveAmong(PopulatedTopic crowd, LoadThread client) {
        return crowd.room().liveAmong(client.next(BULK));
    }

    /**
     * How many are live.
     *
     * @param crowd the members
     * @return how many
     */
    @Benchmark
    public long count(PopulatedTopic crowd) {
        return crowd.room().count();
    }

    /**
     * Everybody who is live.
     *
     * @param crowd the members
     * @return how many
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public int list(PopulatedTopic crowd) {
        return crowd.room().list();
    }
}
