package io.github.presence4j.cell;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one member, the longest known first. Read without a lock, changed under the lock of the cell. Few sessions are
 * found by a look at each, more than eight by a map, so that a touch costs about the same for one of two as for one of a thousand.
 */
final class SessionTable {
    private static final int FEW = 8;

    /** Replaced and never changed. */
    private volatile SessionState[] ordered;

    private volatile @Nullable Map<String, SessionState> byName;

    SessionTable(List<SessionState> sessions) {
        ordered = sessions.toArray(SessionState[]::new);
        byName = indexed(sessions);
    }

    private static @Nullable Map<String, SessionState> indexed(List<SessionState> sessions) {
        if (sessions.size() <= FEW) {
            return null;
        }
        Map<String, SessionState> index = new ConcurrentHashMap<>();
        sessions.forEach(session -> index.put(session.name, session));
        return index;
    }

    SessionState[] all() {
        return ordered;
    }

    int size() {
        return ordered.length;
    }

    @Nullable
    SessionState find(String name) {
        Map<String, SessionState> index = byName;
        if (index != null) {
            return index.get(name);
        }
        for (SessionState session : ordered) {
            if (session.name.equals(name)) {
                return session;
            }
        }
        return null;
    }

    void add(SessionState session) {
        SessionState[] more = Arrays.copyOf(ordered, ordered.length + 1);
        more[more.length - 1] = session;
        Map<String, SessionState> index = byName;
        if (index != null) {
            index.put(session.name, session);
        } else {
            byName = indexed(List.of(more));
        }
        ordered = more;
    }

    /** Drops all but some sessions, which are in the order of this table. */
    void retain(List<SessionState> some) {
        Map<String, SessionState> index = byName;
        if (index == null || some.size() <= FEW) {
            byName = null;
        } else {
            drop(index, some);
        }
        ordered = some.toArray(SessionState[]::new);
    }

    private void drop(Map<String, SessionState> index, List<SessionState> some) {
        int kept = 0;
        for (SessionState session : ordered) {
            if (kept < some.size() && some.get(kept) == session) {
                kept++;
            } else {
                index.remove(session.name);
            }
        }
    }
}
