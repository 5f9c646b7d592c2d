package io.github.presence4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Heartbeats of members that are live. */
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@Threads(2)
public class TouchBenchmark {
    private static final int BULK = 256;

    /**
     * Threads that wait for each.
     *
     * @param crowd the members
     * @param client which one
     */
    @Benchmark
    public void waiting(PopulatedTopic crowd, LoadThread client) {
        crowd.room().touch(client.next());
    }

    /**
     * 512 under way.
     *
     * @param crowd the members
     * @param client which one
     */
    @Benchmark
    public void underWay(PopulatedTopic crowd, LoadThread client) {
        String member = client.next();
        client.window().begin(() -> crowd.room().touchAsync(member));
    }

    /**
     * 256 at once; the score is per member.
     *
     * @param crowd the members
     * @param client which ones
     */
    @Benchmark
    @OperationsPerInvocation(BULK)
    public void bulk(PopulatedTopic crowd, LoadThread client) {
        crowd.room().touchAll(client.next(BULK));
    }
}
