package io.github.presence4j.sharding;

import io.github.presence4j.Member;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Session;
import org.jspecify.annotations.Nullable;

/** The length of names and data in bytes of UTF-8. */
public final class Utf8Length {
    /**
     * The largest size of a page of members, in bytes (rule B2: a page ends at 1 MiB). A page with one member may exceed it.
     */
    public static final int PER_PAGE = 1 << 20;

    private Utf8Length() {}

    /**
     * Returns the length of a text.
     *
     * @param text a name or data; null for none
     * @return the number of bytes
     */
    public static long of(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    /**
     * Returns the length of the member, session and data of an event.
     *
     * @param event an event of a member; any other has no length
     * @return the number of bytes
     */
    public static long of(PresenceEvent event) {
        if (event instanceof PresenceEvent.Joined joined) {
            return of(joined.member()) + of(joined.session()) + of(joined.data());
        }
        if (event instanceof PresenceEvent.Updated updated) {
            return of(updated.member()) + of(updated.session()) + of(updated.data());
        }
        return event instanceof PresenceEvent.OfMember ofMember ? of(ofMember.member()) : 0;
    }

    /**
     * Returns the length of a member's name, and of the names and data of its sessions.
     *
     * @param member a member
     * @return the number of bytes
     */
    public static long of(Member member) {
        long bytes = of(member.id());
        for (Session session : member.sessions()) {
            bytes += of(session.id()) + of(session.data());
        }
        return bytes;
    }
}
