package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.benchmarks.contestant.BenchmarkEnvironment;
import io.github.presence4j.benchmarks.contestant.Contestant;
import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.load.ShuffledNames;
import io.github.presence4j.benchmarks.report.Measurement;
import io.github.presence4j.benchmarks.report.MeasurementRecorder;
import io.github.presence4j.benchmarks.report.Scenario;
import java.util.Arrays;
import java.util.List;

/**
 * What a member weighs in this process, its name not counted where it is not a copy: the heap before and after everybody joined. Of
 * two Hazelcast members each has one copy of everything.
 */
final class MemoryProbe implements Probe {
    private static final int COLLECTIONS = 3;
    private static final List<String> CONTESTANTS = List.of(
            "memory:presence4j",
            "memory:caffeine",
            "memory:hash-map",
            "memory:skip-list",
            "hazelcast:presence4j",
            "hazelcast:set-all");

    @Override
    public String name() {
        return "memory per member, in memory and in Hazelcast";
    }

    @Override
    public List<Measurement> measure(RunSettings size) {
        MeasurementRecorder board = new MeasurementRecorder();
        List<String> names = Arrays.asList(ShuffledNames.names(size.members()));
        for (int round = 0; round < size.rounds(); round++) {
            for (String contestant : CONTESTANTS) {
                board.add(Scenario.MEMORY, contestant, Measurement.BYTES, weigh(contestant, size, names));
            }
        }
        return board.scores();
    }

    private static double weigh(String name, RunSettings size, List<String> names) {
        try (BenchmarkEnvironment venue = BenchmarkEnvironment.of(name, size.server(name));
                Contestant contestant = venue.open(name)) {
            contestant.room("warm").touchAll(names.subList(0, 1));
            long before = used();
            contestant.room("weighed").join(names);
            long after = used();
            if (contestant.room("weighed").count() != names.size()) {
                throw new IllegalStateException(name + " lost somebody");
            }
            return (double) (after - before) / names.size();
        }
    }

    static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
