package io.github.presence4j.cell;

import io.github.presence4j.spi.TouchOutcome;

/**
 * The limits of a cell. {@code limits.lua} of presence-redis has the same ones under the same names, as a test of that module
 * checks.
 */
public final class Limits {
    /**
     * How long a cell is kept after the TTL that follows its last touch, leave or reset, in milliseconds (rule G1: an unused
     * topic occupies nothing after a minute).
     */
    public static final long KEPT_AFTER_TTL_MILLIS = 60_000;

    /** How long the log and what it depends on are kept after the last poll of a watcher, in milliseconds. */
    public static final long WATCHED_MILLIS = 90_000;

    /** The interval at which renewals extend the life of a cell and do due work, in milliseconds. */
    public static final long KEEP_INTERVAL_MILLIS = 20_000;

    /** The largest number of events in a log (rule B3: a log is bounded). */
    public static final int LOG_EVENTS = 4096;

    /** The largest size of the names and data in a log, in bytes (rule B3: a log is bounded). */
    public static final int LOG_BYTES = 1 << 20;

    /** The largest number of live sessions of one member (rule B1: one more session is refused). */
    public static final int SESSIONS_PER_MEMBER = TouchOutcome.MAX_SESSIONS;

    /**
     * The largest number of timeouts that a call records, besides those of the members that it touches (rule G2: traffic
     * removes what has expired).
     */
    public static final int TIMEOUTS_PER_CALL = 64;

    private Limits() {}
}
