package io.github.presence4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One heartbeat: a member, and optionally a session and its data. Without a session it is the member's default session
 * (S1).
 *
 * <p>The record does not check its texts. The call that receives it refuses bad texts before any I/O (E1).
 *
 * @param member the member's id
 * @param session the tab, socket or device it is here through; null for the member's default session
 * @param data a short text, usually JSON, at most 4 KiB; null keeps the data that is there (S4)
 */
public record Touch(
        String member, @Nullable String session, @Nullable String data) {

    /**
     * Requires a member.
     *
     * @param member not null
     * @param session the session's id; null for the default session
     * @param data the session's data; null to keep the data it has
     */
    public Touch {
        Objects.requireNonNull(member, "member");
    }

    /**
     * A heartbeat of the default session.
     *
     * @param member the member's id
     * @return the touch
     */
    public static Touch of(String member) {
        return new Touch(member, null, null);
    }

    /**
     * A heartbeat of a named session.
     *
     * @param member the member's id
     * @param session the tab, socket or device
     * @return the touch
     */
    public static Touch of(String member, String session) {
        return new Touch(member, Objects.requireNonNull(session, "session"), null);
    }

    /**
     * The same heartbeat with data.
     *
     * @param data replaces the data of the session
     * @return the touch
     */
    public Touch withData(String data) {
        return new Touch(member, session, Objects.requireNonNull(data, "data"));
    }
}
