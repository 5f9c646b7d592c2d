package io.github.presence4j.soak;

import java.lang.management.ManagementFactory;

/** What this JVM takes. */
final class Own {
    private Own() {}

    static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** After a collection, in KiB. */
    static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
    }
}
