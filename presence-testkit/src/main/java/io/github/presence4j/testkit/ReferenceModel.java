package io.github.presence4j.testkit;

import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules T, S and G3 in the simplest code: one topic, one thread, and a clock that the test sets. */
final class ReferenceModel {
    /** What a session last said, and when. */
    record Seen(long at, @Nullable String data) {}

    /** A session by its full name; the default one has the empty name, which no other can have. */
    private record Key(String member, String session) {}

    private final long ttl;
    private final Map<Key, Seen> sessions = new LinkedHashMap<>();
    private final Map<Key, Long> left = new HashMap<>();
    private long now;

    ReferenceModel(long ttl) {
        this.ttl = ttl;
    }

    void elapse(long millis) {
        now += millis;
        sessions.values().removeIf(seen -> now - seen.at() > ttl);
        left.values().removeIf(at -> now - at > ttl);
    }

    long now() {
        return now;
    }

    TouchResult touch(Touch touch) {
        Key key = new Key(touch.member(), touch.session() == null ? "" : touch.session());
        if (left.containsKey(key)) {
            return TouchResult.IGNORED;
        }
        boolean joins = sessions(touch.member(), ttl).isEmpty();
        Seen before = sessions.get(key);
        String data = touch.data() != null || before == null ? touch.data() : before.data();
        sessions.put(key, new Seen(now, data));
        return joins ? TouchResult.JOINED : TouchResult.RENEWED;
    }

    boolean leave(String member, @Nullable String session) {
        boolean live = !sessions(member, ttl).isEmpty();
        Set<String> ending = session == null ? sessions(member, ttl).keySet() : Set.of(session);
        for (String name : ending) {
            sessions.remove(new Key(member, name));
            if (!name.isEmpty()) {
                left.put(new Key(member, name), now);
            }
        }
        return live && sessions(member, ttl).isEmpty();
    }

    void reset() {
        sessions.clear();
        left.clear();
    }

    Set<String> live(long window) {
        Set<String> live = new TreeSet<>();
        sessions.forEach((key, seen) -> {
            if (now - seen.at() <= window) {
                live.add(key.member());
            }
        });
        return live;
    }

    Map<String, Seen> sessions(String member, long window) {
        Map<String, Seen> found = new LinkedHashMap<>();
        sessions.forEach((key, seen) -> {
            if (key.member().equals(member) && now - seen.at() <= window) {
                found.put(key.session(), seen);
            }
        });
        return found;
    }

    long lastSeen(String member) {
        return sessions(member, ttl).values().stream().mapToLong(Seen::at).max().orElseThrow();
    }

    @Override
    public String toString() {
        return sessions.keySet() + ", left " + left.keySet();
    }
}
