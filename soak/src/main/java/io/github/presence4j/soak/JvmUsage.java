package io.github.presence4j.soak;

import java.lang.management.ManagementFactory;

/** The resources that this JVM uses. */
final class JvmUsage {
    private JvmUsage() {}

    static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Returns the used heap after a garbage collection, in KiB. */
    static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
    }
}
