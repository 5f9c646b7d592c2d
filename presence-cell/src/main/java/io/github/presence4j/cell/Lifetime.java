package io.github.presence4j.cell;

/**
 * How long the members of a cell live.
 *
 * @param ttl the TTL recorded last (T5), in milliseconds
 * @param floor a time; a session that was seen before it has expired, whatever the TTL. So {@link #cutoff} never goes back: no longer
 *     TTL revives a session that had expired under a shorter one
 */
record Lifetime(long ttl, long floor) {

    /** Returns the oldest time that is live (T1). */
    long cutoff(long now) {
        return Math.max(now - ttl, floor);
    }

    /** Returns the lifetime after another TTL was recorded. What has expired by then stays expired. */
    Lifetime withTtl(long newTtl, long now) {
        return new Lifetime(newTtl, cutoff(now));
    }

    /** Returns the lifetime of two cells that were merged, without what had expired in each. It revives nothing else either. */
    Lifetime mergedWith(Lifetime other, long newTtl) {
        return new Lifetime(newTtl, Math.min(floor, other.floor));
    }

    /** Returns when a session that was seen at a time expires; in the past if it has expired under an earlier TTL. */
    long expiry(long seen) {
        return seen < floor ? floor : seen + ttl + 1;
    }
}
