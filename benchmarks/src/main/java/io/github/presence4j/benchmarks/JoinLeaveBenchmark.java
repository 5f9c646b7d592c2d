package io.github.presence4j.benchmarks;

import io.github.presence4j.benchmarks.contestant.ContestantTopic;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** People come and go. 512 under way. */
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@Threads(2)
public class JoinLeaveBenchmark {
    private static final int RENEW = 95;
    private static final int READ = 99;

    /**
     * A member joins and leaves.
     *
     * @param crowd who is there all the time
     * @param client the thread's state, which names the member that joins
     */
    @Benchmark
    public void comeAndGo(PopulatedTopic crowd, LoadThread client) {
        client.window().begin(() -> comeAndGo(crowd.room(), client.guest()));
    }

    /**
     * The mix of a CRM: of 100 calls, 95 renew, 4 ask whether a member is live, and one joins and leaves.
     *
     * @param crowd who is there all the time
     * @param client the thread's state
     */
    @Benchmark
    public void crm(PopulatedTopic crowd, LoadThread client) {
        ContestantTopic room = crowd.room();
        int percent = client.percent();
        String member = client.next();
        if (percent < RENEW) {
            client.window().begin(() -> room.touchAsync(member));
        } else if (percent < READ) {
            client.window().begin(() -> room.isLiveAsync(member));
        } else {
            client.window().begin(() -> comeAndGo(room, client.guest()));
        }
    }

    private static CompletionStage<?> comeAndGo(ContestantTopic room, String guest) {
        return room.touchAsync(guest).thenCompose(joined -> room.leaveAsync(guest));
    }
}
