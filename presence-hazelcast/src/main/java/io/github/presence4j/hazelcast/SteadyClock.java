package io.github.presence4j.hazelcast;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * A clock without steps. It follows a ticker, and approaches the given clock by running a twentieth faster or slower. So a
 * step of the machine's clock ends no member that is touched more often than every 0.95 TTL. Cluster members whose clocks
 * differ converge again. Never goes back. Thread-safe.
 */
final class SteadyClock implements StoreClock {
    private static final long MAX_SLEW_DIVISOR = 20;
    private static final long REVIEW_MICROS = 1_000_000;

    /** The parts of a reading: a tick, the time at it, and how far the given clock was ahead. */
    private static final int NANOS = 0;

    private static final int MICROS = 1;
    private static final int AHEAD = 2;

    private final LongSupplier givenMillis;
    private final LongSupplier nanoTicker;
    /** The last reading. The arrays are never modified. */
    private final AtomicReference<long[]> last;

    SteadyClock(LongSupplier givenMillis, LongSupplier nanoTicker, AtomicReference<long[]> last) {
        this.givenMillis = givenMillis;
        this.nanoTicker = nanoTicker;
        this.last = last;
    }

    static AtomicReference<long[]> firstReading(LongSupplier givenMillis, LongSupplier nanoTicker) {
        return new AtomicReference<>(new long[] {nanoTicker.getAsLong(), micros(givenMillis), 0});
    }

    private static long micros(LongSupplier givenMillis) {
        return TimeUnit.MILLISECONDS.toMicros(givenMillis.getAsLong());
    }

    @Override
    public long micros() {
        long[] reading = Objects.requireNonNull(last.get());
        long nanos = nanoTicker.getAsLong();
        long passed = TimeUnit.NANOSECONDS.toMicros(nanos - reading[NANOS]);
        long most = passed / MAX_SLEW_DIVISOR;
        long now = reading[MICROS] + passed + Math.max(-most, Math.min(most, reading[AHEAD]));
        if (passed >= REVIEW_MICROS) {
            last.compareAndSet(reading, new long[] {nanos, now, micros(givenMillis) - now});
        }
        return now;
    }
}
