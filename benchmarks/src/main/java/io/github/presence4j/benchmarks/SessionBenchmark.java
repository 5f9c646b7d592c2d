package io.github.presence4j.benchmarks;

import io.github.presence4j.Touch;
import io.github.presence4j.benchmarks.contestant.SessionTopic;
import java.util.concurrent.CompletionStage;
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

/** Heartbeats of sessions that are live: tabs, with data or without. */
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@Threads(2)
public class SessionBenchmark {
    private static final int BULK = 256;

    /**
     * Threads that wait for each.
     *
     * @param crowd the sessions
     * @param client which one
     */
    @Benchmark
    public void waiting(PopulatedSessions crowd, SessionLoadThread client) {
        Touch beat = client.next();
        crowd.room().touch(beat.member(), SessionTopic.tabOf(beat), beat.data());
    }

    /**
     * 512 under way; each says what its session said before.
     *
     * @param crowd the sessions
     * @param client which one
     */
    @Benchmark
    public void underWay(PopulatedSessions crowd, SessionLoadThread client) {
        Touch beat = client.next();
        client.window().begin(() -> begin(crowd.room(), beat));
    }

    /**
     * 512 under way; 1 of 20 says something else than its session said before.
     *
     * @param crowd the sessions
     * @param client which one
     */
    @Benchmark
    public void changing(PopulatedSessions crowd, SessionLoadThread client) {
        Touch beat = client.nextChanging();
        client.window().begin(() -> begin(crowd.room(), beat));
    }

    /**
     * 256 at once; the score is per session.
     *
     * @param crowd the sessions
     * @param client which ones
     */
    @Benchmark
    @OperationsPerInvocation(BULK)
    public void bulk(PopulatedSessions crowd, SessionLoadThread client) {
        crowd.room().touchAll(client.next(BULK));
    }

    /**
     * Threads that wait for each; all are of one member that has many sessions.
     *
     * @param crowd the sessions
     * @param client which one
     */
    @Benchmark
    public void waitingOfOne(PopulatedSessions crowd, SessionLoadThread client) {
        Touch beat = client.nextOfOne();
        crowd.room().touch(beat.member(), SessionTopic.tabOf(beat), beat.data());
    }

    /**
     * 256 at once of one member that has many sessions; the score is the time of the call.
     *
     * @param crowd the sessions
     * @param client which ones
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public void bulkOfOne(PopulatedSessions crowd, SessionLoadThread client) {
        crowd.room().touchAll(client.nextOfOne(BULK));
    }

    /**
     * A member joins with a tab, which then leaves. 512 under way.
     *
     * @param crowd who is there all the time
     * @param client the thread's state, which names the member that joins
     */
    @Benchmark
    public void comeAndGo(PopulatedSessions crowd, SessionLoadThread client) {
        Touch guest = client.guest();
        client.window()
                .begin(() -> begin(crowd.room(), guest)
                        .thenCompose(joined -> crowd.room().leaveAsync(guest.member(), SessionTopic.tabOf(guest))));
    }

    private static CompletionStage<?> begin(SessionTopic room, Touch beat) {
        return room.touchAsync(beat.member(), SessionTopic.tabOf(beat), beat.data());
    }
}
