package io.github.presence4j.soak;

import io.github.presence4j.testkit.fault.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Loads a store from several processes while its servers fail, and pauses each round. Requires that no resource use has grown
 * since the first pause, and that all views agree with the store. Prints a row for each pause; exits with 1 and the reason if a
 * check fails.
 */
final class Soak {
    private static final int PROCESSES = 2;
    private static final int WARM = 1_000;
    private static final Duration TO_WARM = Duration.ofMinutes(2);
    private static final Duration MAX_CALL = SoakTopics.TIMEOUT.plusSeconds(3);
    private static final Duration CALM = Duration.ofSeconds(2);
    private static final Duration TO_PAUSE = Duration.ofSeconds(10);
    private static final Duration TO_SETTLE = Duration.ofSeconds(30);
    /** Longer than the idle time of any thread, 10 s in presence4j. */
    private static final Duration TO_SHRINK = Duration.ofSeconds(20);

    private final Random random;
    private final SoakBackend backend;
    private final List<ChildJvm> workers = new ArrayList<>();
    private final GrowthCheck flatness = new GrowthCheck();
    private final List<String> wrong = new ArrayList<>();

    private Soak(SoakBackend backend, long seed) {
        this.backend = backend;
        this.random = new Random(seed);
        for (int i = 0; i < PROCESSES; i++) {
            List<String> arguments = new ArrayList<>(List.of(Integer.toString(i), Integer.toString(PROCESSES)));
            arguments.addAll(backend.address());
            workers.add(ChildJvm.start("process " + i, WorkerProcess.class, arguments));
        }
    }

    /** Arguments: the backend, the minutes, the seconds of a round, and the seed; seed 0 means a random one. */
    public static void main(String[] args) {
        long given = Long.parseLong(args[3]);
        long seed = given == 0 ? new Random().nextInt(1_000_000) + 1L : given;
        long rounds = Long.parseLong(args[1]) * 60 / Long.parseLong(args[2]);
        System.out.printf(
                "Soak of %s, %d rounds of %s s; -Dsoak.seed=%d repeats its choices%n", args[0], rounds, args[2], seed);
        boolean flat;
        try (SoakBackend backend = SoakBackend.start(args[0])) {
            Soak soak = new Soak(backend, seed);
            flat = soak.run(rounds, Duration.ofSeconds(Long.parseLong(args[2])));
            soak.workers.forEach(ChildJvm::close);
        }
        System.exit(flat ? 0 : 1);
    }

    private boolean run(long rounds, Duration length) {
        warm();
        for (int i = 1; i <= rounds && wrong.isEmpty(); i++) {
            List<String> faults = load(length.minus(TO_PAUSE));
            RoundResult row = new RoundResult(
                    i, faults, workers.stream().map(w -> w.ask("pause")).toList());
            // a failed call may still take effect for one more timeout (O2)
            Timing.last(SoakTopics.TIMEOUT);
            long quiet = System.nanoTime();
            settle();
            Duration equal = Timing.since(quiet);
            Map<String, Long> taken = measureIdle();
            row.print(taken, equal);
            wrong.addAll(row.wrong(MAX_CALL));
            wrong.addAll(flatness.grown(taken));
            if (!wrong.isEmpty()) {
                workers.forEach(worker -> System.out.println(worker.name() + ": " + worker.ask("thread-names")));
            }
        }
        wrong.forEach(reason -> System.out.println("Wrong: " + reason));
        return wrong.isEmpty();
    }

    /** Makes the calls that allocate on first use, before anything is compared. */
    private void warm() {
        workers.forEach(worker -> worker.ask("load " + random.nextInt()));
        long begin = System.nanoTime();
        while (workers.stream().anyMatch(worker -> Long.parseLong(worker.ask("calls")) < WARM)) {
            if (Timing.since(begin).compareTo(TO_WARM) > 0) {
                throw new IllegalStateException("Too few calls within " + TO_WARM + ": "
                        + workers.stream().map(worker -> worker.ask("pause")).toList());
            }
            Timing.last(CALM);
        }
        workers.forEach(worker -> worker.ask("pause"));
    }

    private List<String> load(Duration length) {
        long begin = System.nanoTime();
        workers.forEach(worker -> worker.ask("load " + random.nextInt()));
        List<String> faults = new ArrayList<>();
        do {
            Timing.last(CALM);
            faults.add(backend.disturb(random));
        } while (Timing.since(begin).compareTo(length.minus(CALM)) < 0);
        Timing.last(CALM);
        return faults;
    }

    private void settle() {
        long begin = System.nanoTime();
        List<String> differences;
        do {
            Timing.last(Duration.ofMillis(50));
            List<String> found = new ArrayList<>(List.of(workers.get(0).ask("tidy")));
            found.remove("tidy");
            workers.forEach(worker -> found.add(worker.ask("view")));
            found.removeIf(String::isEmpty);
            differences = found;
        } while (!differences.isEmpty() && Timing.since(begin).compareTo(TO_SETTLE) < 0);
        wrong.addAll(differences);
    }

    /** Measures again while something has grown, for as long as idle threads may take to end. */
    private Map<String, Long> measureIdle() {
        long begin = System.nanoTime();
        Map<String, Long> taken = measure();
        while (!flatness.grown(taken).isEmpty() && Timing.since(begin).compareTo(TO_SHRINK) < 0) {
            Timing.last(CALM);
            taken = measure();
        }
        return taken;
    }

    private Map<String, Long> measure() {
        Map<String, Long> taken = new LinkedHashMap<>(backend.measure());
        IntStream.range(0, PROCESSES).forEach(i -> {
            taken.put("threads process " + i, Long.valueOf(workers.get(i).ask("threads")));
            taken.put("heap KiB process " + i, Long.valueOf(workers.get(i).ask("heap")));
        });
        return taken;
    }
}
