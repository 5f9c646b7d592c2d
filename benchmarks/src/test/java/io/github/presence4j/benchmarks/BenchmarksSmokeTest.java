package io.github.presence4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.benchmarks.contestant.Venue;
import io.github.presence4j.benchmarks.load.Size;
import io.github.presence4j.benchmarks.report.Report;
import io.github.presence4j.benchmarks.report.Results;
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
        Results results;
        try (Venue redis = Venue.of("redis:", Venue.OWN);
                Venue hazelcast = Venue.of("hazelcast:", Venue.OWN)) {
            Size size = Size.smoke(redis.address(), hazelcast.address());
            results = new Run(size, name -> true, progress -> {}).all(folder.resolve("so-far.json"));
        }
        assertThat(results.failures()).isEmpty();
        assertThat(Results.read(folder.resolve("so-far.json")).scores()).isEqualTo(results.scores());

        new Report(results).write(folder);
        assertThat(Files.readString(folder.resolve("benchmarks.md"))).doesNotContain("not measured");
    }
}
