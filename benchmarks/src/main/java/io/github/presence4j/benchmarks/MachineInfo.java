package io.github.presence4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.presence4j.benchmarks.probe.ContestantVersions;
import io.github.presence4j.benchmarks.report.RunConditions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The machine of a run, and whether other processes use it during the run. */
final class MachineInfo {
    private static final long GIB = 1L << 30;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Instant started = Instant.now();
    private final List<Double> busy = new ArrayList<>();
    private final long lookNanos;

    MachineInfo(Duration look) {
        this.lookNanos = look.toNanos();
    }

    /** Stands still for a moment: what the processors do then, others do. */
    double look() {
        system.getCpuLoad();
        LockSupport.parkNanos(lookNanos);
        double load = Math.max(0, system.getCpuLoad());
        busy.add(Math.round(load * 1000) / 1000.0);
        return load;
    }

    double minutes() {
        return ChronoUnit.MILLIS.between(started, Instant.now()) / 60_000.0;
    }

    RunConditions conditions(String set) {
        return new RunConditions(
                set,
                started.truncatedTo(ChronoUnit.SECONDS).toString(),
                Math.round(minutes() * 10) / 10.0,
                commit(),
                system.getAvailableProcessors() + " x " + processor(),
                Math.round((double) system.getTotalMemorySize() / GIB) + " GiB",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                ContestantVersions.all(),
                List.copyOf(busy));
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("a processor");
        } catch (IOException e) {
            return "a processor";
        }
    }

    private static String commit() {
        String commit = git("rev-parse", "--short=12", "HEAD");
        return git("status", "--porcelain", "--untracked-files=no").isEmpty() ? commit : commit + "+";
    }

    private static String git(String... words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
