package io.github.presence4j.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run, as it is written to JSON and read again.
 *
 * @param conditions where, when and of what
 * @param scores what was measured
 * @param failures what could not be measured, and why
 */
public record RunResults(RunConditions conditions, List<Measurement> scores, List<String> failures) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    Optional<Measurement> find(String scenario, String contestant, String metric) {
        return scores.stream()
                .filter(score -> score.scenario().equals(scenario)
                        && score.contestant().equals(contestant)
                        && score.metric().equals(metric))
                .findFirst();
    }

    /**
     * Reads a run.
     *
     * @param file JSON
     * @return the run
     * @throws IOException if it cannot be read
     */
    public static RunResults read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), RunResults.class);
    }

    /**
     * Writes this run.
     *
     * @param file JSON
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }
}
