package io.github.presence4j.benchmarks;

import io.github.presence4j.benchmarks.contestant.BenchmarkEnvironment;
import io.github.presence4j.benchmarks.contestant.Contestant;
import io.github.presence4j.benchmarks.load.ClosedLoop;
import io.github.presence4j.benchmarks.load.ShuffledNames;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
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
 * Heartbeats in very many rooms of five, 512 under way. Batches cannot help here, since hardly two touches are of one
 * topic. Each call looks its room up by name, since an application would not keep 100,000 rooms.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@Threads(2)
public class ManyTopicsBenchmark {
    private static final int UNDER_WAY = 512;
    private static final int JOINS_UNDER_WAY = 128;
    private static final int PER_ROOM = 5;

    @Param("redis:presence4j")
    private String contestant = "";

    @Param("100000")
    private int rooms;

    @Param(BenchmarkEnvironment.OWN)
    private String server = "";

    private final Queue<ClosedLoop> windows = new ConcurrentLinkedQueue<>();
    private String[] topics = {};
    private String[] members = {};

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private BenchmarkEnvironment venue;

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private Contestant presence;

    /** Where a thread is, and what it has under way. */
    @State(Scope.Thread)
    public static class Part {
        private ShuffledNames walk = new ShuffledNames(1, 0, 1);
        private ClosedLoop window = new ClosedLoop(1);

        /**
         * Divides the members and the 512 among the threads.
         *
         * @param threads which of how many this is
         * @param all the members
         */
        @Setup
        public void divide(ThreadParams threads, ManyTopicsBenchmark all) {
            walk = new ShuffledNames(all.members.length, threads.getThreadIndex(), threads.getThreadCount());
            window = new ClosedLoop(UNDER_WAY / threads.getThreadCount());
            all.windows.add(window);
        }

        /** Waits for the calls under way, so that the next iteration starts without any. */
        @TearDown(Level.Iteration)
        public void drain() {
            window.drain();
        }
    }

    /** Opens the venue and lets everybody join. */
    @Setup
    public void join() {
        venue = BenchmarkEnvironment.of(contestant, server);
        presence = venue.open(contestant);
        members = ShuffledNames.names(rooms * PER_ROOM);
        topics = IntStream.range(0, rooms).mapToObj(room -> "room:" + room).toArray(String[]::new);
        List<String> all = Arrays.asList(members);
        ShuffledNames walk = new ShuffledNames(rooms, 0, 1);
        ClosedLoop window = new ClosedLoop(JOINS_UNDER_WAY);
        for (int i = 0; i < rooms; i++) {
            int room = walk.next();
            List<String> five = all.subList(room * PER_ROOM, (room + 1) * PER_ROOM);
            window.begin(() -> presence.room(topics[room]).touchAllAsync(five));
        }
        window.drain();
    }

    /** Ends both, once nothing is under way: JMH lets the first thread that is done close, whatever the others still wait for. */
    @TearDown
    public void close() {
        windows.forEach(ClosedLoop::drain);
        presence.close();
        venue.close();
    }

    /**
     * A heartbeat of some member in some room.
     *
     * @param part the thread's part of the members
     */
    @Benchmark
    public void underWay(Part part) {
        int next = part.walk.next();
        part.window.begin(() -> beat(next));
    }

    private CompletionStage<?> beat(int member) {
        return presence.room(topics[member / PER_ROOM]).touchAsync(members[member]);
    }
}
