package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The time by which the owner of a topic decides (T2): the cluster's, which all members agree on whatever their own clocks say.
 * Hazelcast notices that a clock was stepped with its next heartbeat only, and by less than two minutes not at all, hence {@link
 * SteadyClock}.
 */
interface StoreClock {
    /** The key of the clock in the user context of a member. */
    String KEY = "presence4j.clock";

    /** Hazelcast expires an entry by the wall clock of where it is, at the time that the wall clock of where it was said. */
    long MAX_CLOCK_SKEW_SECONDS = 300;

    /** Microseconds since 1970, used only to order events. May go backwards. */
    long micros();

    /** The same in milliseconds. */
    default long millis() {
        return TimeUnit.MICROSECONDS.toMillis(micros());
    }

    /** Returns the ticker of this JVM, in nanoseconds, by which calls are bounded in time (E2). */
    static long ticks() {
        return System.nanoTime();
    }

    /**
     * Returns the TTL of an entry that is needed for this long. At least 1, because Hazelcast keeps an entry for ever otherwise.
     */
    static long entrySeconds(long lifeMillis) {
        return Math.max(1, TimeUnit.MILLISECONDS.toSeconds(lifeMillis) + MAX_CLOCK_SKEW_SECONDS);
    }

    /**
     * Returns the clock of this member. Its last reading is kept in the user context as a JDK type. So applications with separate
     * class loaders share one clock, and the member holds none of their classes. A test may put a clock of its own there.
     */
    static StoreClock of(HazelcastInstance member) {
        LongSupplier clusterTime = member.getCluster()::getClusterTime;
        Object kept = member.getUserContext()
                .computeIfAbsent(KEY, key -> SteadyClock.firstReading(clusterTime, System::nanoTime));
        if (kept instanceof StoreClock set) {
            return set;
        }
        @SuppressWarnings("unchecked") // this key has no other values
        AtomicReference<long[]> last = (AtomicReference<long[]>) kept;
        return new SteadyClock(clusterTime, System::nanoTime, last);
    }
}
