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
    private static final long REVIEW_MILLIS = 1000;

    private final LongSupplier given;
    private final LongSupplier nanoTicker;
    private final AtomicReference<Reading> last;

    /** At this tick it was that time, and the given clock was ahead by so much. */
    private record Reading(long nanos, long millis, long ahead) {}

    SteadyClock(LongSupplier given, LongSupplier nanoTicker) {
        this.given = given;
        this.nanoTicker = nanoTicker;
        this.last = new AtomicReference<>(new Reading(nanoTicker.getAsLong(), given.getAsLong(), 0));
    }

    @Override
    public long millis() {
        Reading reading = Objects.requireNonNull(last.get());
        long nanos = nanoTicker.getAsLong();
        long passed = TimeUnit.NANOSECONDS.toMillis(nanos - reading.nanos);
        long most = passed / SLOWLY;
        long now = reading.millis + passed + Math.max(-most, Math.min(most, reading.ahead));
        if (passed >= REVIEW_MILLIS) {
            last.compareAndSet(reading, new Reading(nanos, now, given.getAsLong() - now));
        }
        return now;
    }
}
