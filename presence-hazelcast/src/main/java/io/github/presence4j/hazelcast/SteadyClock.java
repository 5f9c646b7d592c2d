package io.github.presence4j.hazelcast;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * A clock that is not set: time passes by a ticker, which no one can step, and is brought back to the given clock by going a
 * twentieth faster or slower. So where the machine's clock is stepped nobody who beats more often than every 0.95 TTL is thrown
 * out, and members who disagree come to agree again. Never goes back. Thread-safe.
 */
final class SteadyClock implements StoreClock {
    private static final long SLOWLY = 20;
    private static final long REVIEW_MICROS = 1_000_000;

    private final LongSupplier givenMillis;
    private final LongSupplier nanoTicker;
    private final AtomicReference<Reading> last;

    /** At this tick it was that time, and the given clock was ahead by so much. */
    private record Reading(long nanos, long micros, long ahead) {}

    SteadyClock(LongSupplier givenMillis, LongSupplier nanoTicker) {
        this.givenMillis = givenMillis;
        this.nanoTicker = nanoTicker;
        this.last = new AtomicReference<>(new Reading(nanoTicker.getAsLong(), given(), 0));
    }

    private long given() {
        return TimeUnit.MILLISECONDS.toMicros(givenMillis.getAsLong());
    }

    @Override
    public long micros() {
        Reading reading = Objects.requireNonNull(last.get());
        long nanos = nanoTicker.getAsLong();
        long passed = TimeUnit.NANOSECONDS.toMicros(nanos - reading.nanos);
        long most = passed / SLOWLY;
        long now = reading.micros + passed + Math.max(-most, Math.min(most, reading.ahead));
        if (passed >= REVIEW_MICROS) {
            last.compareAndSet(reading, new Reading(nanos, now, given() - now));
        }
        return now;
    }
}
