package io.github.presence4j.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects one number after another into scores. */
public final class MeasurementRecorder {
    private record Key(String scenario, String contestant, String metric) {}

    private final Map<Key, List<Double>> rounds = new LinkedHashMap<>();

    /**
     * Adds a round's number.
     *
     * @param scenario see {@link Measurement}
     * @param contestant see {@link Measurement}
     * @param metric see {@link Measurement}
     * @param number the number
     */
    public void add(String scenario, String contestant, String metric, double number) {
        rounds.computeIfAbsent(new Key(scenario, contestant, metric), key -> new ArrayList<>())
                .add(number);
    }

    /** {@return what was collected, in the order in which it came first} */
    public List<Measurement> scores() {
        List<Measurement> scores = new ArrayList<>();
        rounds.forEach((key, numbers) ->
                scores.add(new Measurement(key.scenario(), key.contestant(), key.metric(), List.copyOf(numbers))));
        return scores;
    }
}
