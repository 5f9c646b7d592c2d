package io.github.presence4j.benchmarks;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** Heartbeats in 100,000 rooms of five, 512 under way: here batches cannot help, since no two touches are of one topic. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@Threads(2)
@State(Scope.Benchmark)
public class RedisRoomsBenchmark {
    private static final int UNDER_WAY = 512;
    private static final int PER_ROOM = 5;

    @Param({"presence4j", "plain"})
    private String contestant = "";

    @Param("100000")
    private int rooms;

    private String[] topics = {};
    private String[] members = {};

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private RedisServer server;

    @SuppressWarnings("NullAway.Init") // JMH calls join() first
    private RedisRooms presence;

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
        public void divide(ThreadParams threads, RedisRoomsBenchmark benchmark) {
            walk = new Walk(benchmark.members.length, threads.getThreadIndex(), threads.getThreadCount());
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
        server = RedisServer.open();
        presence = RedisRooms.named(contestant, server.uri());
        members = Walk.names(rooms * PER_ROOM);
        topics = IntStream.range(0, rooms).mapToObj(room -> "room:" + room).toArray(String[]::new);
        Walk walk = new Walk(members.length, 0, 1);
        Window window = new Window(UNDER_WAY);
        for (int i = 0; i < members.length; i++) {
            int next = walk.next();
            window.begin(() -> beat(next));
        }
        window.drain();
    }

    /** Ends both. */
    @TearDown
    public void close() {
        presence.close();
        server.close();
    }

    /**
     * Heartbeats, 512 of them under way.
     *
     * @param client which member
     */
    @Benchmark
    public void touchAsync(Client client) {
        int next = client.walk.next();
        client.window.begin(() -> beat(next));
    }

    private CompletionStage<?> beat(int member) {
        return presence.touch(topics[member / PER_ROOM], members[member]);
    }
}
