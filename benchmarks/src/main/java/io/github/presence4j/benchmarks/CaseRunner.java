package io.github.presence4j.benchmarks;

import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.report.Measurement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one lane once, in a JVM of its own. */
final class CaseRunner {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final RunSettings size;

    CaseRunner(RunSettings size) {
        this.size = size;
    }

    /** What was measured, by metric. */
    Map<String, Double> run(BenchmarkCase lane) throws RunnerException {
        TimeValue time = new TimeValue(size.time().toMillis(), TimeUnit.MILLISECONDS);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + lane.benchmark().replace(".", "\\.") + "$")
                .forks(size.forks())
                .threads(lane.threads())
                .warmupIterations(size.warmups())
                .warmupTime(time)
                .measurementIterations(size.iterations())
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .param("contestant", lane.contestant())
                .param("server", size.server(lane.contestant()))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        lane.parameters().forEach(options::param);
        return measured(new Runner(options.build()).runSingle());
    }

    private static Map<String, Double> measured(RunResult run) {
        Map<String, Double> measured = new LinkedHashMap<>();
        Result<?> main = run.getPrimaryResult();
        measured.put(main.getScoreUnit().equals("ops/s") ? Measurement.CALLS : Measurement.MILLIS, main.getScore());
        Result<?> allocation = run.getSecondaryResults().get(ALLOCATION);
        if (allocation != null && !Double.isNaN(allocation.getScore())) {
            measured.put(Measurement.ALLOCATION, allocation.getScore());
        }
        return measured;
    }
}
