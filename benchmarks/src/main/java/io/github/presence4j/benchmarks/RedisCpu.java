package io.github.presence4j.benchmarks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What a heartbeat costs the server: its CPU time by INFO, before and after a number of touches of 100,000 members, in turns so
 * that a noisy machine is noisy for all. Prints the median of the rounds.
 *
 * <pre>{@code java -cp benchmarks/target/benchmarks.jar io.github.presence4j.benchmarks.RedisCpu [rounds] [touches]}</pre>
 */
public final class RedisCpu {
    private static final int MEMBERS = 100_000;
    private static final int UNDER_WAY = 512;
    private static final int THREADS = 2;
    private static final int PER_BULK = 256;
    private static final List<String> CONTESTANTS = List.of("plain", "presence4j");

    private final int rounds;
    private final int touches;
    private final Map<String, List<Measured>> found = new LinkedHashMap<>();

    private RedisCpu(int rounds, int touches) {
        this.rounds = rounds;
        this.touches = touches;
    }

    /**
     * Prints the table.
     *
     * @param args how many rounds and how many touches in each; 9 and 300,000 if not given
     */
    public static void main(String[] args) {
        new RedisCpu(
                        args.length > 0 ? Integer.parseInt(args[0]) : 9,
                        args.length > 1 ? Integer.parseInt(args[1]) : 300_000)
                .run();
    }

    private record Measured(double microsPerTouch, double touchesPerSecond) {}

    private interface Load {
        void run(RedisCrowd crowd, Walk walk, int touches);
    }

    private void run() {
        List<RedisCrowd> crowds =
                CONTESTANTS.stream().map(name -> new RedisCrowd(name, MEMBERS)).toList();
        try {
            for (int round = -2; round < rounds; round++) {
                for (int i = 0; i < crowds.size(); i++) {
                    String name = CONTESTANTS.get(i);
                    keep(round, name + ", " + UNDER_WAY + " under way", measure(crowds.get(i), RedisCpu::singly));
                    keep(round, name + ", touchAll of " + PER_BULK, measure(crowds.get(i), RedisCpu::inBulk));
                }
            }
        } finally {
            crowds.forEach(RedisCrowd::close);
        }
        print();
    }

    /** The first rounds warm up. */
    private void keep(int round, String what, Measured measured) {
        if (round >= 0) {
            found.computeIfAbsent(what, key -> new ArrayList<>()).add(measured);
        }
    }

    private Measured measure(RedisCrowd crowd, Load load) {
        RedisClient client = RedisClient.create(crowd.uri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            double cpu = cpuSeconds(connection);
            long began = System.nanoTime();
            CompletableFuture<?>[] threads = new CompletableFuture<?>[THREADS];
            for (int i = 0; i < THREADS; i++) {
                Walk walk = new Walk(MEMBERS, i, THREADS);
                threads[i] =
                        CompletableFuture.runAsync(() -> load.run(crowd, walk, touches / THREADS), RedisCpu::thread);
            }
            CompletableFuture.allOf(threads).join();
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Measured((cpuSeconds(connection) - cpu) * 1e6 / touches, touches / seconds);
        } finally {
            client.shutdown();
        }
    }

    private static void thread(Runnable task) {
        new Thread(task).start();
    }

    private static void singly(RedisCrowd crowd, Walk walk, int touches) {
        Window window = new Window(UNDER_WAY / THREADS);
        for (int i = 0; i < touches; i++) {
            String member = crowd.names[walk.next()];
            window.begin(() -> crowd.contestant.touch(member));
        }
        window.drain();
    }

    private static void inBulk(RedisCrowd crowd, Walk walk, int touches) {
        for (int i = 0; i < touches; i += PER_BULK) {
            crowd.contestant.touchAll(walk.next(crowd.names, PER_BULK));
        }
    }

    private static double cpuSeconds(StatefulRedisConnection<String, String> connection) {
        return connection
                .sync()
                .info("cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_user:") || line.startsWith("used_cpu_sys:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private void print() {
        double base = median(found.values().iterator().next(), true);
        System.out.printf("%-36s %14s %12s %8s%n", "", "us of server", "touches/s", "ratio");
        found.forEach((what, measured) -> System.out.printf(
                "%-36s %14.2f %12.0f %8.2f%n",
                what, median(measured, true), median(measured, false), median(measured, true) / base));
    }

    private static double median(List<Measured> measured, boolean cpu) {
        double[] sorted = measured.stream()
                .mapToDouble(one -> cpu ? one.microsPerTouch() : one.touchesPerSecond())
                .sorted()
                .toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }
}
