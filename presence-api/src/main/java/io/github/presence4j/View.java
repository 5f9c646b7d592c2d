package io.github.presence4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who is live and with which data, as far as events and pages told. What a watcher was told is such a view, and so is what
 * the store has; their difference is what the watcher missed (W5). Not thread-safe.
 */
final class View {
    /** What a member's sessions carry, by session; most members carry nothing and share the empty map. */
    private final Map<String, Map<String, String>> members;

    View() {
        this.members = new HashMap<>();
    }

    View(View other) {
        this.members = new HashMap<>(other.members);
    }

    List<String> members() {
        return List.copyOf(members.keySet());
    }

    /** Whether the event changes anything here. Replayed over pages that already show its effect, it does not. */
    boolean accepts(PresenceEvent event) {
        if (event instanceof PresenceEvent.Joined joined) {
            return !members.containsKey(joined.member());
        }
        if (event instanceof PresenceEvent.Updated updated) {
            Map<String, String> data = members.get(updated.member());
            return data != null && !Objects.equals(data.get(key(updated.session())), updated.data());
        }
        return !(event instanceof PresenceEvent.OfMember gone) || members.containsKey(gone.member());
    }

    void apply(PresenceEvent event) {
        if (event instanceof PresenceEvent.Joined joined) {
            members.put(joined.member(), Map.of());
            put(joined.member(), joined.session(), joined.data());
        } else if (event instanceof PresenceEvent.Updated updated) {
            put(updated.member(), updated.session(), updated.data());
        } else if (event instanceof PresenceEvent.OfMember gone) {
            members.remove(gone.member());
        } else if (event instanceof PresenceEvent.Reset) {
            members.clear();
        }
    }

    void add(Member member) {
        members.put(member.id(), Map.of());
        member.sessions().forEach(session -> put(member.id(), session.id(), session.data()));
    }

    /** The events that turn this view into the newer one. */
    List<PresenceEvent> missing(View newer, Position position) {
        List<PresenceEvent> events = new ArrayList<>();
        for (String member : members.keySet()) {
            if (!newer.members.containsKey(member)) {
                events.add(new PresenceEvent.Left(member, position, true));
            }
        }
        newer.members.forEach((member, data) -> {
            Map<String, String> known = members.get(member);
            if (known == null) {
                known = join(member, data, position, events);
            }
            update(member, known, data, position, events);
        });
        return events;
    }

    private static Map<String, String> join(
            String member, Map<String, String> data, Position position, List<PresenceEvent> events) {
        if (data.isEmpty()) {
            events.add(new PresenceEvent.Joined(member, null, null, position, true));
            return data;
        }
        Map.Entry<String, String> first = data.entrySet().iterator().next();
        events.add(new PresenceEvent.Joined(member, session(first.getKey()), first.getValue(), position, true));
        return Map.of(first.getKey(), first.getValue());
    }

    private static void update(
            String member,
            Map<String, String> known,
            Map<String, String> data,
            Position position,
            List<PresenceEvent> events) {
        data.forEach((session, text) -> {
            if (!text.equals(known.get(session))) {
                events.add(new PresenceEvent.Updated(member, session(session), text, position, true));
            }
        });
    }

    private void put(String member, @Nullable String session, @Nullable String data) {
        if (data != null) {
            Map<String, String> all = new HashMap<>(members.getOrDefault(member, Map.of()));
            all.put(key(session), data);
            members.put(member, Map.copyOf(all));
        }
    }

    /** No named session is empty (E1), so the empty name is free for the default session. */
    private static String key(@Nullable String session) {
        return session == null ? "" : session;
    }

    private static @Nullable String session(String key) {
        return key.isEmpty() ? null : key;
    }
}
