package io.github.presence4j.benchmarks;

import io.github.presence4j.benchmarks.load.RunSettings;
import io.github.presence4j.benchmarks.probe.Probe;
import io.github.presence4j.benchmarks.report.BenchmarkReport;
import io.github.presence4j.benchmarks.report.Measurement;
import io.github.presence4j.benchmarks.report.MeasurementRecorder;
import io.github.presence4j.benchmarks.report.RunResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs a set of benchmarks and writes what came of it, {@code benchmarks.json}, {@code benchmarks.md} and the pictures in
 * {@code benchmarks}: into {@code docs} for the full set, else into {@code benchmarks/target}. To be run in the project's folder.
 *
 * <pre>{@code java -cp benchmarks/target/benchmarks.jar io.github.presence4j.benchmarks.BenchmarkRun quick|full [pattern]}</pre>
 */
public final class BenchmarkRun {
    private static final String ALL = ".";
    private static final int MOST_WORDS = 200;

    private final RunSettings size;
    private final List<ComparisonGroup> heats;
    private final List<Probe> probes;
    private final MachineInfo machine;
    private final MeasurementRecorder board = new MeasurementRecorder();
    private final List<String> failures = new ArrayList<>();
    private final Consumer<String> progress;
    private final int steps;
    private int step;

    BenchmarkRun(RunSettings size, Predicate<String> wanted, Consumer<String> progress) {
        this.size = size;
        this.progress = progress;
        this.machine = new MachineInfo(size.time().dividedBy(3));
        this.heats = BenchmarkPlan.of(size, wanted);
        this.probes = Probe.all(size).stream()
                .filter(probe -> wanted.test(probe.name()))
                .toList();
        this.steps = probes.size()
                + heats.stream()
                        .mapToInt(heat -> heat.lanes().size() * heat.rounds())
                        .sum();
    }

    /**
     * Runs a set.
     *
     * @param args the set, and what to run of it: a regular expression of a part of a scenario's or a contestant's name. What
     *     is not the whole of the full set is written where it replaces nothing that is kept
     * @throws IOException if it cannot be written
     */
    public static void main(String[] args) throws IOException {
        String only = args.length > 1 ? args[1] : ALL;
        Pattern wanted = Pattern.compile(only);
        boolean kept = args[0].equals("full") && only.equals(ALL);
        Path folder = kept ? Path.of("docs") : Path.of("benchmarks", "target", args[0]);
        Path soFar = Files.createDirectories(Path.of("benchmarks", "target")).resolve("so-far.json");
        BenchmarkRun run = new BenchmarkRun(
                RunSettings.named(args[0]), name -> wanted.matcher(name).find(), System.out::println);
        RunResults results = run.all(soFar);
        Files.createDirectories(folder);
        results.write(folder.resolve("benchmarks.json"));
        new BenchmarkReport(results).write(folder);
        System.out.println("Written: " + folder.resolve("benchmarks.md"));
        System.exit(0); // whatever threads a client has left
    }

    /** Writes down what there is after each heat, for a run that is ended before its end. */
    RunResults all(Path soFar) throws IOException {
        say("looking at the machine");
        for (int i = 0; i < 3; i++) {
            machine.look();
        }
        for (ComparisonGroup heat : heats) {
            run(heat);
            results().write(soFar);
        }
        for (Probe probe : probes) {
            run(probe);
            results().write(soFar);
        }
        return results();
    }

    private RunResults results() {
        return new RunResults(machine.conditions(size.name()), board.scores(), List.copyOf(failures));
    }

    private void run(ComparisonGroup heat) {
        CaseRunner track = new CaseRunner(size);
        for (int round = 0; round < heat.rounds(); round++) {
            machine.look();
            for (BenchmarkCase lane : heat.lanes()) {
                step++;
                try {
                    Map<String, Double> measured = track.run(lane);
                    measured.forEach((metric, number) -> board.add(lane.scenario(), lane.contestant(), metric, number));
                    say(lane + ": " + measured);
                } catch (RunnerException e) {
                    fail(lane.toString(), e);
                }
            }
        }
    }

    private void run(Probe probe) {
        step++;
        machine.look();
        say(probe.name());
        try {
            List<Measurement> scores = probe.measure(size);
            scores.forEach(score -> score.rounds()
                    .forEach(number -> board.add(score.scenario(), score.contestant(), score.metric(), number)));
            scores.forEach(score -> say(score.toString()));
        } catch (Exception e) {
            fail(probe.name(), e);
        }
    }

    private void fail(String what, Exception failure) {
        String cause = rootOf(failure).toString();
        String why = what + ": " + cause.substring(0, Math.min(MOST_WORDS, cause.length()));
        failures.add(why);
        say("FAILED: " + why);
    }

    /** JMH reports the threads' exceptions as suppressed ones. */
    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null || cause.getSuppressed().length > 0) {
            cause = cause.getCause() != null ? cause.getCause() : cause.getSuppressed()[0];
        }
        return cause;
    }

    private void say(String what) {
        double minutes = machine.minutes();
        String left = step == 0 ? "" : String.format(", about %.0f min to go", minutes / step * (steps - step));
        progress.accept(String.format("[%d/%d, %.1f min%s] %s", step, steps, minutes, left, what));
    }
}
