package io.github.presence4j.cell;

import io.github.presence4j.spi.TouchOutcome;

/**
 * The limits of a cell. {@code limits.lua} of presence-redis has the same ones under the same names, as a test of that module
 * checks.
 */
public final class Limits {
    /** For how long a cell is kept after the TTL that follows its last touch, leave or reset (G1), in milliseconds. */
    public static final long KEPT_AFTER_TTL_MILLIS = 60_000;

    /** For how long the log and what it depends on are kept after the last poll of a watcher (B3), in milliseconds. */
    public static final long WATCHED_MILLIS = 90_000;

    /** How often renewals extend the life of a cell and do work that is due, in milliseconds. */
    public static final long KEEP_INTERVAL_MILLIS = 20_000;

    /** The largest number of events in a log (B3). */
    public static final int LOG_EVENTS = 4096;

    /** The largest size of the names and data in a log (B3), in bytes. */
    public static final int LOG_BYTES = 1 << 20;

    /** The largest number of live sessions of one member (B1). */
    public static final int SESSIONS_PER_MEMBER = TouchOutcome.MAX_SESSIONS;

    /** How many timeouts a call records at most, besides those of the members that it touches (G2). */
    public static final int TIMEOUTS_PER_CALL = 64;

    private Limits() {}
}
