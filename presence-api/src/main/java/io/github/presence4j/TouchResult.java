package io.github.presence4j;

/**
 * The effect of one touch. A touch that a limit of the store refuses has no result: it fails with {@link
 * PresenceCapacityException}.
 */
public enum TouchResult {
    /** The member was not live before and is now. */
    JOINED,

    /** The member was live already. The touched session is live too, begun or renewed by the touch. */
    RENEWED,

    /**
     * Nothing changed: the named session left within the last TTL, and a heartbeat does not revive it. A client that is still
     * connected should continue under a new session name.
     */
    IGNORED
}
