package io.github.presence4j.cell;

import io.github.presence4j.Session;
import io.github.presence4j.spi.TouchOutcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one member, the longest known first. What is live is computed from their times (S3). Guarded by the cell's
 * lock. The default session has the empty name, which no named session can have.
 */
final class Sessions {
    static final String DEFAULT = "";

    private final Map<String, State> states = new LinkedHashMap<>();

    private record State(long seen, @Nullable String data) {}

    static String key(@Nullable String session) {
        return session == null ? DEFAULT : session;
    }

    /** Renews or begins a session; says whether its data is other than before (S4). */
    boolean touch(String session, long now, @Nullable String data) {
        State before = states.get(session);
        long seen = before == null ? now : Math.max(now, before.seen);
        String kept = before == null ? null : before.data;
        states.put(session, new State(seen, data == null ? kept : data));
        return data != null && !data.equals(kept);
    }

    /** Returns whether there is room for a session, or it is there already (B1). Counts lapsed sessions that were not dropped. */
    boolean admits(String session) {
        return states.size() < TouchOutcome.MAX_SESSIONS || states.containsKey(session);
    }

    void end(String session) {
        states.remove(session);
    }

    void dropBefore(long cutoff) {
        states.values().removeIf(state -> state.seen < cutoff);
    }

    boolean isEmpty() {
        return states.isEmpty();
    }

    long newest() {
        return states.values().stream().mapToLong(State::seen).max().orElse(Long.MIN_VALUE);
    }

    List<String> named() {
        return states.keySet().stream().filter(name -> !name.isEmpty()).toList();
    }

    /** Whether there is a default session without data, and no other. */
    boolean isBare() {
        return states.size() == 1 && states.containsKey(DEFAULT) && states.get(DEFAULT).data == null;
    }

    /** Those that have not left after they were seen. */
    Sessions without(String member, Departures departures) {
        Sessions kept = new Sessions();
        states.forEach((session, state) -> {
            if (departures.timeOf(member, session) < state.seen) {
                kept.states.put(session, state);
            }
        });
        return kept;
    }

    /** Each as it was seen last. */
    Sessions and(Sessions more) {
        Sessions both = new Sessions();
        both.states.putAll(states);
        more.states.forEach((session, state) ->
                both.states.merge(session, state, (one, other) -> one.seen >= other.seen ? one : other));
        return both;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(states.size());
        for (Map.Entry<String, State> session : states.entrySet()) {
            out.writeUTF(session.getKey());
            out.writeLong(session.getValue().seen);
            EventCodec.optional(session.getValue().data, out);
        }
    }

    static Sessions read(DataInput in) throws IOException {
        Sessions sessions = new Sessions();
        for (int left = in.readInt(); left > 0; left--) {
            sessions.states.put(in.readUTF(), new State(in.readLong(), EventCodec.optional(in)));
        }
        return sessions;
    }

    List<Session> since(long cutoff) {
        return states.entrySet().stream()
                .filter(session -> session.getValue().seen >= cutoff)
                .map(session -> new Session(
                        session.getKey().isEmpty() ? null : session.getKey(),
                        Instant.ofEpochMilli(session.getValue().seen),
                        session.getValue().data))
                .toList();
    }
}
