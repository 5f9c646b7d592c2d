package io.github.presence4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.benchmarks.contestant.BenchmarkEnvironment;
import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.report.BenchmarkReport;
import io.github.presence4j.benchmarks.report.RunResults;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario with every contestant, once and tiny, to the report: so that none of it rots between two full runs. */
class BenchmarksSmokeTest {
    @TempDir
    Path folder;

    @Test
    void everythingRunsAndEveryTargetIsJudged() throws Exception {
        RunResults results;
        try (BenchmarkEnvironment redis = BenchmarkEnvironment.of("redis:", BenchmarkEnvironment.OWN);
                BenchmarkEnvironment hazelcast = BenchmarkEnvironment.of("hazelcast:", BenchmarkEnvironment.OWN)) {
            RunSettings size = RunSettings.smoke(redis.address(), hazelcast.address());
            results = new BenchmarkRun(size, name -> true, progress -> {}).all(folder.resolve("so-far.json"));
        }
        assertThat(results.failures()).isEmpty();
        assertThat(RunResults.read(folder.resolve("so-far.json")).scores()).isEqualTo(results.scores());

        new BenchmarkReport(results).write(folder);
        assertThat(Files.readString(folder.resolve("benchmarks.md"))).doesNotContain("not measured");
    }
}
