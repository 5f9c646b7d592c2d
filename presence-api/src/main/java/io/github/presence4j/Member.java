package io.github.presence4j;

import java.time.Instant;
import java.util.List;

/**
 * A live member, as a read found it.
 *
 * @param id the member's name
 * @param lastSeen the newest {@code lastSeen} of its sessions, by the store's clock (T2), in whole milliseconds
 * @param sessions its live sessions, at least one, the longest known first
 */
public record Member(String id, Instant lastSeen, List<Session> sessions) {

    /**
     * Keeps its own copy of the sessions.
     *
     * @param id the member's id
     * @param lastSeen the time of its latest touch, by the store's clock
     * @param sessions the live sessions; the collection is copied
     */
    public Member {
        sessions = List.copyOf(sessions);
    }
}
