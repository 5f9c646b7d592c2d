package io.github.presence4j.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final String OURS = "memory:presence4j";
    private static final String CAFFEINE = "memory:caffeine";

    @TempDir
    Path folder;

    private static Measurement score(String scenario, String contestant, String metric, Double... rounds) {
        return new Measurement(scenario, contestant, metric, List.of(rounds));
    }

    private static RunResults results(List<Double> busy, Measurement... scores) {
        RunConditions conditions = new RunConditions(
                "quick",
                "2026-11-25T00:00:00Z",
                5,
                "abc",
                "2 x a processor",
                "1 GiB",
                "Linux",
                "a JVM",
                Map.of("Redis", "7.0.15"),
                busy);
        return new RunResults(conditions, List.of(scores), List.of());
    }

    private String report(RunResults results) throws IOException {
        results.write(folder.resolve("benchmarks.json"));
        BenchmarkReport.main(new String[] {folder.toString()});
        return Files.readString(folder.resolve("benchmarks.md"));
    }

    @Test
    void theVerdictFollowsTheRatioAndSaysWhenAnotherRunMightDiffer() throws IOException {
        String text = report(results(
                List.of(0.0),
                score(Scenario.RENEW, OURS, Measurement.CALLS, 4e6, 4.1e6, 3.9e6),
                score(Scenario.RENEW, CAFFEINE, Measurement.CALLS, 1e6, 1e6, 1e6),
                score(Scenario.IS_LIVE, OURS, Measurement.CALLS, 1e6, 1.3e6, 1.1e6),
                score(Scenario.IS_LIVE, CAFFEINE, Measurement.CALLS, 1e6, 1e6, 1e6)));

        assertThat(text)
                .containsPattern(
                        "touch, 2 threads that wait \\|.*\\| 4.00 \\(3.\\d\\d to 4.\\d\\d\\) \\| ≥ 3 x \\| met \\|")
                .containsPattern(
                        "isLive, 2 threads that wait \\|.*\\| ≥ 1.2 x \\| \\*\\*not met\\*\\*, within noise \\|")
                .contains("not measured");
    }

    @Test
    void growthIsACostAndAListIsATime() throws IOException {
        String text = report(results(
                List.of(0.0),
                score(Scenario.GROWTH_FEW, OURS, Measurement.CALLS, 6e6, 6e6),
                score(Scenario.GROWTH_MANY, OURS, Measurement.CALLS, 2e6, 2e6),
                score(Scenario.LIST, "hazelcast:presence4j", Measurement.MILLIS, 10.0, 10.0),
                score(Scenario.LIST, "hazelcast:set-async", Measurement.MILLIS, 80.0, 80.0)));

        assertThat(text)
                .containsPattern(
                        "cost of a touch at 1 M beside 10 k members \\|.*\\| 3.00 .*\\| ≤ 1.5 x \\| \\*\\*not met")
                .containsPattern("list of 100 k \\|.*\\| 8.00 .*\\| ≥ 5 x \\| met");
    }

    @Test
    void aCallAllocatesWholeBytes() throws IOException {
        assertThat(report(results(
                        List.of(0.0), score(Scenario.RENEW, OURS, Measurement.ALLOCATION, 24.006, 24.03, 24.1))))
                .containsPattern("allocation \\|.*\\| ≤ 24 B \\| met \\|");
        assertThat(report(results(List.of(0.0), score(Scenario.RENEW, OURS, Measurement.ALLOCATION, 24.0, 32.0, 32.0))))
                .containsPattern("allocation \\|.*\\| ≤ 24 B \\| \\*\\*not met");
    }

    @Test
    void aRunBesideOtherWorkSaysSo() throws IOException {
        assertThat(report(results(List.of(0.4, 0.5, 0.01)))).contains("Other work ran on the machine");
        assertThat(report(results(List.of(0.02, 0.4, 0.01)))).doesNotContain("Other work ran on the machine");
    }

    @Test
    void aPictureIsDrawnOfWhatWasMeasuredOnly() throws IOException {
        report(results(
                List.of(0.0),
                score(Scenario.RENEW, OURS, Measurement.CALLS, 4e6),
                score(Scenario.RENEW, CAFFEINE, Measurement.CALLS, 1e6)));

        assertThat(folder.resolve("benchmarks/memory.svg")).content().contains("caffeine", "4.00 M");
        assertThat(folder.resolve("benchmarks/redis.svg")).doesNotExist();
    }
}
