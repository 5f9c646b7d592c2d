package io.github.presence4j.cell;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A member of a cell. Its last-seen time is renewed in place, without the cell's lock, while it is plain: only a default
 * session, no data.
 *
 * <p>A renewal races against the calls that find the member expired. A renewal that read the clock in time may be delayed,
 * and must not undo a finding that a call has acted on. So a call that finds "expired" first {@linkplain #seal seals} the
 * entry by a compare-and-set. A sealed entry is renewed under the cell's lock only. Either the renewal comes first and the
 * member has not expired, or the seal comes first and the touch is a join.
 */
final class MemberEntry {
    private static final VarHandle SEEN = seen();

    final String member;
    /** Sessions other than a bare default one, guarded by the cell's lock; null while the member is plain. */
    final @Nullable Sessions sessions;
    /** Where the cell lists the member, from its join to its end. Guarded by the cell's lock. */
    final int slot;
    /** The time by which the cell's index knows the member, never later than {@link #seen}. Guarded by the cell's lock. */
    long indexed;
    /** Milliseconds since 1970, none of them negative; the complement of that while the entry is sealed. */
    private volatile long seen;

    MemberEntry(String member, int slot, long seen, @Nullable Sessions sessions) {
        this.member = member;
        this.slot = slot;
        this.indexed = seen;
        this.seen = seen;
        this.sessions = sessions;
    }

    private static VarHandle seen() {
        try {
            return MethodHandles.lookup().findVarHandle(MemberEntry.class, "seen", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    long lastSeen() {
        long value = seen;
        return value < 0 ? ~value : value;
    }

    /** Renews a plain entry that has not expired and is not sealed. Needs no lock. */
    boolean renew(long now, long cutoff) {
        while (true) {
            long value = seen;
            if (value < cutoff || value < 0) {
                return false;
            }
            if (value >= now || SEEN.compareAndSet(this, value, now)) {
                return true;
            }
        }
    }

    /** Under the lock: renews whatever the state was, and breaks the seal. */
    void see(long now) {
        long value;
        do {
            value = seen;
        } while (!SEEN.compareAndSet(this, value, Math.max(now, value < 0 ? ~value : value)));
    }

    /** Under the lock, for a member with sessions: the freshest one may have left. */
    void setSeen(long time) {
        seen = time;
    }

    /** Also of a plain member: its default session. */
    Sessions allSessions() {
        if (sessions != null) {
            return sessions;
        }
        Sessions bare = new Sessions();
        bare.touch(Sessions.DEFAULT, lastSeen(), null);
        return bare;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(member);
        out.writeLong(lastSeen());
        out.writeLong(indexed);
        out.writeBoolean(sessions != null);
        if (sessions != null) {
            sessions.write(out);
        }
    }

    static MemberEntry read(int slot, DataInput in) throws IOException {
        String member = in.readUTF();
        long seen = in.readLong();
        long indexed = in.readLong();
        MemberEntry entry = new MemberEntry(member, slot, seen, in.readBoolean() ? Sessions.read(in) : null);
        entry.indexed = indexed;
        return entry;
    }

    /** Judges that the member was not seen since {@code cutoff}; false if a renewal was quicker. */
    boolean seal(long cutoff) {
        while (true) {
            long value = seen;
            if (value < 0) {
                return ~value < cutoff;
            }
            if (value >= cutoff) {
                return false;
            }
            if (SEEN.compareAndSet(this, value, ~value)) {
                return true;
            }
        }
    }
}
