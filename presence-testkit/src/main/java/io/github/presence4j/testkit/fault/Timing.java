package io.github.presence4j.testkit.fault;

import java.time.Duration;

/** Measures how long something took, and lets a fault or a load last. Thread-safe, because it has no state. */
public final class Timing {
    private Timing() {}

    /**
     * Returns the time that has passed since a moment.
     *
     * @param began the moment, by {@link System#nanoTime}
     * @return the time since then
     */
    public static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Returns when a duration has passed, so that what was begun before lasts for so long.
     *
     * @param duration how long, 0 or more
     * @throws AssertionError if the thread is interrupted
     */
    public static void last(Duration duration) {
        long began = System.nanoTime();
        Eventually.await(
                duration.plusSeconds(30), "it has lasted", () -> since(began).compareTo(duration) >= 0);
    }
}
