package io.github.presence4j;

import java.time.Instant;
import java.util.List;

/**
 * A live member, as a read found it. Immutable.
 *
 * @param id the member's id
 * @param lastSeen the newest {@code lastSeen} of its sessions, by the store's clock, in whole milliseconds
 * @param sessions its live sessions, at least one, the longest known first
 */
public record Member(String id, Instant lastSeen, List<Session> sessions) {

    /**
     * Creates a member with its own copy of the sessions.
     *
     * @param id the member's id
     * @param lastSeen the time of its latest touch, by the store's clock
     * @param sessions the live sessions; the list is copied
     */
    public Member {
        sessions = List.copyOf(sessions);
    }
}
