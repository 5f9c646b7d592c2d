package io.github.presence4j.benchmarks.report;

import java.util.List;

/**
 * What was measured: one number for each round of a run.
 *
 * @param scenario what was done, such as {@code touch, 512 under way}
 * @param contestant who did it, such as {@code redis:presence4j}
 * @param metric what was counted, such as {@code calls/s}
 * @param rounds the numbers; round by round comparable with those of the others in the same scenario
 */
public record Measurement(String scenario, String contestant, String metric, List<Double> rounds) {
    /** Throughput. */
    public static final String CALLS = "calls/s";
    /** Milliseconds. */
    public static final String MILLIS = "ms";
    /** Microseconds. */
    public static final String MICROS = "us";
    /** What a call allocates. */
    public static final String ALLOCATION = "B/call";
    /** Memory. */
    public static final String BYTES = "B/member";

    /** The median, which a disturbed round does not move. */
    double typical() {
        double[] sorted =
                rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double most() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
