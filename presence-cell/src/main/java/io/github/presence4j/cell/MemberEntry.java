package io.github.presence4j.cell;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member of a cell with its sessions. A live session is renewed in place, without the cell's lock, see {@link LastSeen}.
 *
 * <p>A member with one session is one object: the time of the session is that of the member. That is a {@link OneSessionEntry},
 * which takes the least memory if the session is the default one without data. A {@link ManySessionsEntry} keeps a time for each
 * session, and computes that of the member. The entry of a member that begins or ends a session may be replaced by another one in
 * the same slot; all times of the replaced entry are sealed before the new entry takes them over.
 */
abstract class MemberEntry extends LastSeen {
    final String member;
    /** Where the cell lists the member, from its join to its end. Guarded by the cell's lock. */
    final int slot;
    /** The time by which the cell's index knows the member, never later than {@link #lastSeen}. Guarded by the cell's lock. */
    long indexed;

    MemberEntry(String member, int slot, long seen) {
        super(seen);
        this.member = member;
        this.slot = slot;
        this.indexed = seen;
    }

    /** Returns the entry of a member with these sessions, one or more. */
    static MemberEntry of(String member, int slot, List<SessionState> sessions) {
        return sessions.size() == 1
                ? OneSessionEntry.of(member, slot, sessions.get(0))
                : new ManySessionsEntry(member, slot, sessions);
    }

    /** Returns when the member was last seen: the newest time of its sessions. Needs no lock. */
    abstract long lastSeen();

    /** Returns whether a session was seen since the cutoff. True is certain, without the lock too. */
    abstract boolean isSeenSince(long cutoff);

    /**
     * Renews a live session if its data remain the same. Needs no lock.
     *
     * @return false if the touch has to be made under the lock, and nothing was done
     */
    abstract boolean renew(String session, @Nullable String data, long now, long cutoff);

    /** Judges that no session was seen since {@code cutoff}; false if a renewal was quicker. Under the lock. */
    abstract boolean seal(long cutoff);

    /** Returns the number of sessions, including expired ones that have not been dropped. */
    abstract int size();

    abstract boolean has(String session);

    /** Returns whether a touch of the session with these data leaves its data as they are. */
    abstract boolean keeps(String session, @Nullable String data);

    /** Under the lock: renews a session that the member has, and breaks the seal. */
    abstract void see(String session, long now);

    /** Sets the data of a session, or begins it at this time. Returns the entry that takes the place of this one; may be this one. */
    abstract MemberEntry with(String session, @Nullable String data, long now);

    /** Ends a session that is not the only one. Returns the entry that takes the place of this one; may be this one. */
    abstract MemberEntry without(String session);

    /** Drops the sessions that were not seen since {@code cutoff}; at least one was. Returns the entry that takes the place of this one. */
    abstract MemberEntry withoutExpired(long cutoff);

    /** Returns copies of the sessions, the longest known first. */
    abstract List<SessionState> sessions();

    /** Returns copies of the sessions that were seen since the cutoff, and seals the others. */
    abstract List<SessionState> liveSessions(long cutoff);

    void write(DataOutput out) throws IOException {
        List<SessionState> sessions = sessions();
        out.writeUTF(member);
        out.writeLong(lastSeen());
        out.writeLong(indexed);
        boolean plain = sessions.size() == 1 && sessions.get(0).isBare();
        out.writeBoolean(!plain);
        if (!plain) {
            out.writeInt(sessions.size());
            for (SessionState session : sessions) {
                session.write(out);
            }
        }
    }

    static MemberEntry read(int slot, DataInput in) throws IOException {
        String member = in.readUTF();
        long seen = in.readLong();
        long indexed = in.readLong();
        List<SessionState> sessions = new ArrayList<>();
        if (in.readBoolean()) {
            for (int left = in.readInt(); left > 0; left--) {
                sessions.add(SessionState.read(in));
            }
        } else {
            sessions.add(new SessionState(SessionState.DEFAULT, seen, null));
        }
        MemberEntry entry = of(member, slot, sessions);
        entry.indexed = indexed;
        return entry;
    }
}
