package io.github.presence4j.inmemory;

import com.github.benmanes.caffeine.cache.Ticker;

/**
 * The store's clock (T2): milliseconds since 1970 that only a monotonic ticker moves. The wall clock is read once, so that
 * times mean something to a reader. If it is set later, no member expires early or late.
 *
 * <p>The ticker may stop while the machine is suspended. Then TTLs stop too, and the times lag behind the wall clock from
 * then on. They are not corrected. A jump forward would expire every member at once, and could not be undone if the wall
 * clock was wrong only for a moment (T3).
 */
final class StoreClock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Ticker ticker;
    private final long originNanos;
    private final long originMillis;

    StoreClock(Ticker ticker) {
        this.ticker = ticker;
        this.originNanos = ticker.read();
        this.originMillis = System.currentTimeMillis();
    }

    long millis() {
        return originMillis + (ticker.read() - originNanos) / NANOS_PER_MILLI;
    }
}
