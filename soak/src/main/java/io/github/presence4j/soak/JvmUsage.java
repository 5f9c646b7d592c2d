package io.github.presence4j.soak;

import java.lang.management.ManagementFactory;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The resources that this JVM uses. */
final class JvmUsage {
    private JvmUsage() {}

    static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Returns how many threads have each name, with numbers left out, in one line. */
    static String threadNames() {
        return Thread.getAllStackTraces().keySet().stream()
                .collect(Collectors.groupingBy(
                        thread -> thread.getName().replaceAll("[0-9]+", "#"), TreeMap::new, Collectors.counting()))
                .toString();
    }

    /** Returns the used heap after a garbage collection, in KiB. */
    static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
    }
}
