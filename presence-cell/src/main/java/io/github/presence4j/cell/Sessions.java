package io.github.presence4j.cell;

import io.github.presence4j.Session;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one member, the longest known first. What is live is computed from their times (S3). Guarded by the cell's
 * lock. The default session has the empty name, which no named session can have.
 *
 * <p>They are also linked in the order of {@code lastSeen}: a touch moves its session to the end, and expired ones are at the head.
 * So a touch costs the same for one session as for a thousand.
 */
final class Sessions {
    static final String DEFAULT = "";

    private final Map<String, State> states = new LinkedHashMap<>();
    private @Nullable State oldest;
    private @Nullable State newest;

    /** A session, linked with the ones seen before and after it. */
    private static final class State {
        final String name;
        long seen;

        @Nullable
        String data;

        @Nullable
        State before;

        @Nullable
        State after;

        State(String name, long seen, @Nullable String data) {
            this.name = name;
            this.seen = seen;
            this.data = data;
        }
    }

    static String key(@Nullable String session) {
        return session == null ? DEFAULT : session;
    }

    /** Renews or begins a session; says whether its data is other than before (S4). */
    boolean touch(String session, long now, @Nullable String data) {
        State state = states.get(session);
        if (state == null) {
            append(new State(session, now, data));
            return data != null;
        }
        unlink(state);
        state.seen = Math.max(now, state.seen);
        link(state);
        boolean differs = data != null && !data.equals(state.data);
        if (data != null) {
            state.data = data;
        }
        return differs;
    }

    private void append(State state) {
        states.put(state.name, state);
        link(state);
    }

    private void link(State state) {
        state.before = newest;
        if (newest == null) {
            oldest = state;
        } else {
            newest.after = state;
        }
        newest = state;
    }

    private void unlink(State state) {
        if (state.before == null) {
            oldest = state.after;
        } else {
            state.before.after = state.after;
        }
        if (state.after == null) {
            newest = state.before;
        } else {
            state.after.before = state.before;
        }
        state.before = null;
        state.after = null;
    }

    /** Returns whether the session exists or there is room for it (B1). Counts expired sessions that have not been dropped. */
    boolean admits(String session) {
        return states.size() < Limits.SESSIONS_PER_MEMBER || states.containsKey(session);
    }

    void end(String session) {
        State state = states.remove(session);
        if (state != null) {
            unlink(state);
        }
    }

    void dropBefore(long cutoff) {
        for (State first = oldest; first != null && first.seen < cutoff; first = oldest) {
            end(first.name);
        }
    }

    boolean isEmpty() {
        return states.isEmpty();
    }

    long newest() {
        return newest == null ? Long.MIN_VALUE : newest.seen;
    }

    List<String> named() {
        return states.keySet().stream().filter(name -> !name.isEmpty()).toList();
    }

    /** Whether there is a default session without data, and no other. */
    boolean isBare() {
        State only = states.get(DEFAULT);
        return states.size() == 1 && only != null && only.data == null;
    }

    /** Returns the sessions that were live at the cutoff and have not left after they were last seen. */
    Sessions without(String member, SessionTombstones departures, long cutoff) {
        return of(states.values().stream()
                .filter(state -> state.seen >= cutoff && departures.timeOf(member, state.name) < state.seen)
                .toList());
    }

    /** Each as it was seen last. */
    Sessions and(Sessions more) {
        Map<String, State> both = new LinkedHashMap<>(states);
        more.states.forEach(
                (session, state) -> both.merge(session, state, (one, other) -> one.seen >= other.seen ? one : other));
        return of(List.copyOf(both.values()));
    }

    /** Returns copies of sessions in the order given. */
    private static Sessions of(List<State> known) {
        Sessions sessions = new Sessions();
        List<State> copies = known.stream()
                .map(state -> new State(state.name, state.seen, state.data))
                .toList();
        copies.forEach(state -> sessions.states.put(state.name, state));
        copies.stream().sorted(Comparator.comparingLong(state -> state.seen)).forEach(sessions::link);
        return sessions;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(states.size());
        for (State state : states.values()) {
            out.writeUTF(state.name);
            out.writeLong(state.seen);
            EventCodec.optional(state.data, out);
        }
    }

    static Sessions read(DataInput in) throws IOException {
        List<State> known = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            known.add(new State(in.readUTF(), in.readLong(), EventCodec.optional(in)));
        }
        return of(known);
    }

    List<Session> since(long cutoff) {
        return states.values().stream()
                .filter(state -> state.seen >= cutoff)
                .map(state -> new Session(
                        state.name.isEmpty() ? null : state.name, Instant.ofEpochMilli(state.seen), state.data))
                .toList();
    }
}
