package io.github.presence4j.benchmarks;

import java.util.Map;

/**
 * One contestant in one scenario.
 *
 * @param scenario what the report calls it
 * @param contestant with its venue
 * @param benchmark class and method, such as {@code TouchBenchmark.waiting}
 * @param threads how many
 * @param parameters how many members or rooms
 */
record BenchmarkCase(
        String scenario, String contestant, String benchmark, int threads, Map<String, String> parameters) {
    @Override
    public String toString() {
        return scenario + " | " + contestant;
    }
}
