package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.benchmarks.contestant.Contestant;
import io.github.presence4j.benchmarks.contestant.RedisServer;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/** A contestant on a Redis of its own, whose CPU time is read by INFO before and after what the contestant does. */
final class MeteredServer implements AutoCloseable {
    private final RedisServer server = RedisServer.start();
    private final RedisWatch watch = new RedisWatch(server.uri());
    private final Contestant contestant;

    /** Starts both; the name is without the venue. */
    MeteredServer(String name) {
        this.contestant = server.contestant(name);
    }

    Contestant contestant() {
        return contestant;
    }

    /** Runs threads that make so many calls together, and returns what the server spends on one of them. */
    double micros(int calls, int threads, IntConsumer thread) {
        double before = watch.cpuSeconds();
        CompletableFuture<?>[] running = new CompletableFuture<?>[threads];
        for (int i = 0; i < threads; i++) {
            int part = i;
            running[i] = CompletableFuture.runAsync(() -> thread.accept(part), task -> new Thread(task).start());
        }
        CompletableFuture.allOf(running).join();
        return (watch.cpuSeconds() - before) * 1e6 / calls;
    }

    @Override
    public void close() {
        contestant.close();
        watch.close();
        server.close();
    }
}
