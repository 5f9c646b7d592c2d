package io.github.presence4j.hazelcast;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the clocks of the owners from their answers, since a client does not know the cluster time. An estimate is a lead
 * over the ticker of this JVM, and is never too large: the time in an answer had passed when the answer arrived. So a deadline
 * converted by it ends on the owner no later than here, and earlier by at most the travel time of an answer. Thread-safe.
 */
final class OwnerClocks {
    /** A lead older than this may be replaced by a smaller one, because a clock may have been slowed down. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int REMEMBERED = 1000;

    private final Map<UUID, Lead> leads = new ConcurrentHashMap<>();
    /** The latest lead, used for an owner that has not answered yet. */
    private volatile @Nullable Lead latest;

    private record Lead(long micros, long learnedNanos) {
        boolean givesWayTo(Lead other) {
            return other.micros > micros || other.learnedNanos - learnedNanos > FRESH_NANOS;
        }
    }

    /** Updates the lead from an answer that arrived at this tick, or from a clock in this JVM that was just read. */
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

    /**
     * Returns the time of the owner at a tick of this JVM, in microseconds; {@link DeadlineProcessor#NEVER} if no owner has answered yet.
     */
    long timeAt(@Nullable UUID owner, long nanos) {
        Lead known = owner == null ? null : leads.get(owner);
        Lead lead = known == null ? latest : known;
        return lead == null ? DeadlineProcessor.NEVER : lead.micros + TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
