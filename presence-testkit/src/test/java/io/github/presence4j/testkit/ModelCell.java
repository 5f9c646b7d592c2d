package io.github.presence4j.testkit;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is stored of one topic. */
final class ModelCell {
    /** One session: when it was last seen, and what it carries. */
    record Seen(long at, @Nullable String data) {}

    /** An event and its number, which goes on counting where a reset begins seq anew. */
    record Entry(long index, PresenceEvent event) {
        int bytes() {
            String data = event instanceof PresenceEvent.Joined joined
                    ? joined.data()
                    : event instanceof PresenceEvent.Updated updated ? updated.data() : null;
            return data == null ? 0 : data.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** A named session that left. */
    record Gone(String member, String session) {}

    /** Tells this cell from one that is made after it was reclaimed. */
    final long birth;

    long epoch;
    long seq;
    long index;
    long ttl;
    /** The shortest TTL that was recorded. */
    long leastTtl = Long.MAX_VALUE;
    /** When watchers poll at the latest. */
    long told = Long.MIN_VALUE;

    long used;
    long watchedUntil = Long.MIN_VALUE;
    /** The log holds every event after this one. */
    long logStart;

    /** The bytes of the data of the logged events. */
    long logBytes;

    final Deque<Entry> log = new ArrayDeque<>();
    final NavigableMap<String, Map<String, Seen>> members = new TreeMap<>();
    final Map<Gone, Long> left = new HashMap<>();

    ModelCell(long epoch, long ttl) {
        this.birth = epoch;
        this.epoch = epoch;
        this.ttl = ttl;
    }

    Position position() {
        return new Position(epoch, seq);
    }

    Position next() {
        seq++;
        return position();
    }

    Map<String, Seen> sessions(String member) {
        return members.computeIfAbsent(member, name -> new LinkedHashMap<>());
    }
}
