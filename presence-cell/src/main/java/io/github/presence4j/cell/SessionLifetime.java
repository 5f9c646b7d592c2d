package io.github.presence4j.cell;

/**
 * The lifetime of the sessions of a cell.
 *
 * @param ttl the TTL recorded last (T5), in milliseconds
 * @param floor a time; a session that was last seen before it has expired, whatever the TTL. So {@link #cutoff} never goes back: a
 *     longer TTL revives no session that had expired under a shorter one
 */
record SessionLifetime(long ttl, long floor) {

    /** Returns the oldest {@code lastSeen} of a live session (T1). */
    long cutoff(long now) {
        return Math.max(now - ttl, floor);
    }

    /** Returns the lifetime after another TTL was recorded. Sessions that have expired by then stay expired. */
    SessionLifetime withTtl(long newTtl, long now) {
        return new SessionLifetime(newTtl, cutoff(now));
    }

    /**
     * Returns the lifetime of two merged cells. Sessions that had expired in their own cell are gone before; no other one is
     * revived.
     */
    SessionLifetime mergedWith(SessionLifetime other, long newTtl) {
        return new SessionLifetime(newTtl, Math.min(floor, other.floor));
    }

    /** Returns when a session that was seen at this time expires; in the past if it has expired under an earlier TTL. */
    long expiry(long seen) {
        return seen < floor ? floor : seen + ttl + 1;
    }
}
