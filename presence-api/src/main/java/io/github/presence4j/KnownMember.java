package io.github.presence4j;

import io.github.presence4j.spi.TouchOutcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a watch knows of one live member: the event since which it is live, and its sessions with their data.
 *
 * <p>No event reports that one of several sessions ended, so ended sessions stay known until the member leaves or is read again.
 * Their number is bounded: the session with the oldest event is dropped first. The view that created the map may change it in
 * place.
 */
final class KnownMember {
    private static final Object IMMUTABLE = new Object();
    private static final Map<String, @Nullable String> DEFAULT_SESSION = Collections.singletonMap("", null);
    private static final KnownMember PLAIN = new KnownMember(null, DEFAULT_SESSION, IMMUTABLE);

    private final @Nullable Position joined;
    private final Map<String, @Nullable String> sessions;
    private final Object owner;

    private KnownMember(@Nullable Position joined, Map<String, @Nullable String> sessions, Object owner) {
        this.joined = joined;
        this.sessions = sessions;
        this.owner = owner;
    }

    static KnownMember of(PresenceEvent.Joined event) {
        boolean plain = event.session() == null && event.data() == null;
        return new KnownMember(
                event.position(),
                plain ? DEFAULT_SESSION : Collections.singletonMap(key(event.session()), event.data()),
                IMMUTABLE);
    }

    /** Returns the member as a read found it. A read does not say since when it is live. */
    static KnownMember of(Member member, Object owner) {
        List<Session> found = member.sessions();
        if (found.isEmpty() || (found.size() == 1 && isPlain(found.get(0)))) {
            return PLAIN;
        }
        if (found.size() == 1) {
            Session only = found.get(0);
            return new KnownMember(null, Collections.singletonMap(key(only.id()), only.data()), IMMUTABLE);
        }
        KnownMember known = new KnownMember(null, new LinkedHashMap<>(), owner);
        found.forEach(session -> known.put(key(session.id()), session.data()));
        return known;
    }

    private static boolean isPlain(Session session) {
        return session.id() == null && session.data() == null;
    }

    /** Returns the member with new data of one session. */
    KnownMember with(@Nullable String session, String data, Object changer) {
        String key = key(session);
        if (sessions.size() == 1 && sessions.containsKey(key)) {
            return new KnownMember(joined, Collections.singletonMap(key, data), IMMUTABLE);
        }
        KnownMember changed = owner == changer ? this : new KnownMember(joined, new LinkedHashMap<>(sessions), changer);
        changed.put(key, data);
        return changed;
    }

    private void put(String key, @Nullable String data) {
        sessions.remove(key);
        sessions.put(key, data);
        if (sessions.size() > TouchOutcome.MAX_SESSIONS) {
            sessions.remove(sessions.keySet().iterator().next());
        }
    }

    @Nullable
    String data(@Nullable String session) {
        return sessions.get(key(session));
    }

    /**
     * Returns whether the member left and came back between this state and a newer one. Either an event said so, or a session
     * lost its data, which it keeps while it lives (S4).
     */
    boolean isOlderLifeOf(KnownMember newer) {
        if (newer.joined != null && !newer.joined.equals(joined)) {
            return true;
        }
        return newer.joined == null
                && newer.sessions.entrySet().stream()
                        .anyMatch(session -> session.getValue() == null && sessions.get(session.getKey()) != null);
    }

    /** Adds the events for a listener that does not know the member. {@code live} is the member as a later read found it. */
    void tellJoined(String member, @Nullable Member live, Position position, List<PresenceEvent> events) {
        String first = newest(live);
        String data = sessions.get(first);
        events.add(new PresenceEvent.Joined(member, session(first), data, position, true));
        sessions.forEach((key, text) -> {
            if (text != null && !key.equals(first) && (live == null || has(live, key))) {
                events.add(new PresenceEvent.Updated(member, session(key), text, position, true));
            }
        });
    }

    /** Adds the updates for a listener that knows an older state. */
    void tellUpdates(String member, KnownMember older, Position position, List<PresenceEvent> events) {
        if (this != older) {
            sessions.forEach((key, text) -> {
                if (text != null && !text.equals(older.sessions.get(key))) {
                    events.add(new PresenceEvent.Updated(member, session(key), text, position, true));
                }
            });
        }
    }

    /** Returns the session with the newest event, of those that the read found live. */
    private String newest(@Nullable Member live) {
        String newest = null;
        for (String key : sessions.keySet()) {
            if (live == null || has(live, key)) {
                newest = key;
            }
        }
        if (newest == null && live != null && !live.sessions().isEmpty()) {
            newest = key(live.sessions().get(0).id());
        }
        return newest == null ? "" : newest;
    }

    private static boolean has(Member live, String key) {
        return live.sessions().stream().anyMatch(session -> key(session.id()).equals(key));
    }

    /** No named session is empty (E1), so the empty name is free for the default session. */
    private static String key(@Nullable String session) {
        return session == null ? "" : session;
    }

    private static @Nullable String session(String key) {
        return key.isEmpty() ? null : key;
    }
}
