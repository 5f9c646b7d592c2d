package io.github.presence4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One heartbeat of a session of a member, optionally with data. Without a session it is a heartbeat of the member's default
 * session. Immutable.
 *
 * <p>The record does not check its texts. The call that receives it refuses bad texts before any I/O.
 *
 * @param member the member's id, 1 to 512 bytes of UTF-8
 * @param session the name of the tab, socket or device, 1 to 512 bytes of UTF-8; null for the member's default session
 * @param data replaces the session's data; usually JSON, at most 4 KiB of UTF-8; null keeps the data that the session has
 */
public record Touch(
        String member, @Nullable String session, @Nullable String data) {

    /**
     * Creates a heartbeat.
     *
     * @param member the member's id; must not be null
     * @param session the session's name; null for the default session
     * @param data the session's data; null to keep the data it has
     */
    public Touch {
        Objects.requireNonNull(member, "member");
    }

    /**
     * Returns a heartbeat of the default session.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @return the touch
     */
    public static Touch of(String member) {
        return new Touch(member, null, null);
    }

    /**
     * Returns a heartbeat of a named session.
     *
     * @param member the member's id, 1 to 512 bytes of UTF-8
     * @param session the name of the tab, socket or device, 1 to 512 bytes of UTF-8
     * @return the touch
     */
    public static Touch of(String member, String session) {
        return new Touch(member, Objects.requireNonNull(session, "session"), null);
    }

    /** Returns a heartbeat of a named session with data. Creates one object, where {@link #withData} would create two. */
    static Touch of(String member, String session, String data) {
        return new Touch(member, Objects.requireNonNull(session, "session"), Objects.requireNonNull(data, "data"));
    }

    /**
     * Returns the same heartbeat with data.
     *
     * @param data replaces the data of the session; at most 4 KiB of UTF-8
     * @return the touch
     */
    public Touch withData(String data) {
        return new Touch(member, session, Objects.requireNonNull(data, "data"));
    }
}
