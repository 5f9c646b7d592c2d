package io.github.presence4j;

/** The effect of one touch. A touch that a bound refused has no result: it fails with {@link PresenceCapacityException}. */
public enum TouchResult {
    /** The member was not live before and is now. */
    JOINED,

    /** The member was live already; the touched session is live too, begun or renewed by the touch. */
    RENEWED,

    /**
     * Nothing changed: the named session left within the last TTL, and a heartbeat does not revive it. A page that is still open
     * should go on under a new session name.
     */
    IGNORED
}
