package io.github.presence4j.cell;

import io.github.presence4j.Session;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One session of a member that has several, or a copy of the only one. The default session has the empty name, which no named
 * session can have. Only {@link #renew} needs no lock.
 */
final class SessionState extends LastSeen {
    static final String DEFAULT = "";

    final String name;
    private volatile @Nullable String data;

    SessionState(String name, long seen, @Nullable String data) {
        super(seen);
        this.name = name;
        this.data = data;
    }

    static String key(@Nullable String session) {
        return session == null ? DEFAULT : session;
    }

    /** Returns whether a touch with new data leaves the old data as they are (S4). */
    static boolean keeps(@Nullable String old, @Nullable String data) {
        return data == null || data.equals(old);
    }

    boolean keeps(@Nullable String newData) {
        return keeps(data, newData);
    }

    void setData(String newData) {
        data = newData;
    }

    boolean renew(@Nullable String newData, long now, long cutoff) {
        return keeps(newData) && renewTime(now, cutoff);
    }

    SessionState copy() {
        return new SessionState(name, time(), data);
    }

    /** Returns whether this is the default session without data. */
    boolean isBare() {
        return name.isEmpty() && data == null;
    }

    @Nullable
    String data() {
        return data;
    }

    Session toSession() {
        return new Session(name.isEmpty() ? null : name, Instant.ofEpochMilli(time()), data);
    }

    /** Returns the sessions of two copies of a member, each as it was seen last. */
    static List<SessionState> union(List<SessionState> one, List<SessionState> other) {
        Map<String, SessionState> both = new LinkedHashMap<>();
        one.forEach(session -> both.put(session.name, session));
        other.forEach(session ->
                both.merge(session.name, session, (known, added) -> known.time() >= added.time() ? known : added));
        return List.copyOf(both.values());
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(name);
        out.writeLong(time());
        EventCodec.optional(data, out);
    }

    static SessionState read(DataInput in) throws IOException {
        return new SessionState(Objects.requireNonNull(in.readUTF()), in.readLong(), EventCodec.optional(in));
    }
}
