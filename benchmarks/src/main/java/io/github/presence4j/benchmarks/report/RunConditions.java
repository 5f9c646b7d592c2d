package io.github.presence4j.benchmarks.report;

import java.util.List;
import java.util.Map;

/**
 * Under which a run was made.
 *
 * @param set {@code quick} or {@code full}
 * @param started when, as ISO 8601
 * @param minutes how long it took
 * @param commit of the project; {@code +} if files differed from it
 * @param processor its model and how many of them
 * @param memory of the machine
 * @param system the operating system
 * @param jdk the JVM
 * @param versions of servers and libraries, by their name
 * @param busy how much of all processors others used, from 0 to 1, while the run stood still to look
 */
public record RunConditions(
        String set,
        String started,
        double minutes,
        String commit,
        String processor,
        String memory,
        String system,
        String jdk,
        Map<String, String> versions,
        List<Double> busy) {
    private static final double MUCH = 0.1;

    double typicallyBusy() {
        return busy.isEmpty() ? 0 : new Measurement("", "", "", busy).typical();
    }

    double mostBusy() {
        return busy.isEmpty() ? 0 : new Measurement("", "", "", busy).most();
    }

    /** Whether others used more than a tenth of the machine in half of the looks, or of the looks one in ten found half used. */
    boolean loaded() {
        long half = busy.stream().filter(share -> share > 0.5).count();
        return typicallyBusy() > MUCH || half > MUCH * busy.size();
    }
}
