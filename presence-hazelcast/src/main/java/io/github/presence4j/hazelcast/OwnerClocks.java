package io.github.presence4j.hazelcast;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Learns from answers what the owners' clocks show, since a client does not know the cluster's time. An owner's time is known as a
 * lead over this JVM's ticker that is never too large: the time in an answer had already passed when the answer arrived. So a
 * deadline that is converted by it is over on the owner when it is over here, or earlier by the time that an answer travels.
 * Thread-safe.
 */
final class OwnerClocks {
    /** A lead that is older than this gives way to a smaller one: clocks may be slowed down. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int REMEMBERED = 1000;

    private final Map<UUID, Lead> leads = new ConcurrentHashMap<>();
    /** Serves for an owner that has not answered yet. */
    private volatile @Nullable Lead latest;

    private record Lead(long micros, long learnedNanos) {
        boolean givesWayTo(Lead other) {
            return other.micros > micros || other.learnedNanos - learnedNanos > FRESH_NANOS;
        }
    }

    /** Learns from an answer that arrived at this tick, or just now from a clock in this JVM. */
    void learn(OwnerTime time, long nanos) {
        Lead heard = new Lead(time.micros() - TimeUnit.NANOSECONDS.toMicros(nanos), nanos);
        Lead known = leads.get(time.owner());
        if (known == null || known.givesWayTo(heard)) {
            if (leads.size() >= REMEMBERED) {
                leads.clear();
            }
            leads.put(time.owner(), heard);
            latest = heard;
        }
    }

    boolean isEmpty() {
        return latest == null;
    }

    /** The owner's time, in microseconds, at a tick of this JVM; {@link Timely#NEVER} if no owner has answered yet. */
    long timeAt(@Nullable UUID owner, long nanos) {
        Lead known = owner == null ? null : leads.get(owner);
        Lead lead = known == null ? latest : known;
        return lead == null ? Timely.NEVER : lead.micros + TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
