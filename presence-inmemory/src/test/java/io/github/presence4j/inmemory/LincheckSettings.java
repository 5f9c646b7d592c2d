package io.github.presence4j.inmemory;

import org.jetbrains.lincheck.datastructures.Options;

/** How much Lincheck checks, and how long it waits. */
final class LincheckSettings {
    private static final int SCENARIOS = Integer.getInteger("presence.test.scenarios", 15);
    /** The number of interleavings of a given scenario that are tried. */
    static final int INTERLEAVINGS = 20 * SCENARIOS;

    static final long PATIENCE_MILLIS = 120_000;

    private LincheckSettings() {}

    /**
     * Sets the number of scenarios. Also sets after how long Lincheck takes a call for a deadlock: a busy machine exceeds its 10
     * seconds while it instruments the classes that the first call needs.
     */
    static <T extends Options<T, ?>> T applyTo(T options) {
        return options.iterations(SCENARIOS).invocationTimeout$lincheck(PATIENCE_MILLIS);
    }
}
