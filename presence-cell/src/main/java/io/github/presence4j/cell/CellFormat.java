package io.github.presence4j.cell;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Reads and writes a cell as bytes. Version 1 had no floor and no alarm, and stored the free slots in the order of their use.
 */
final class CellFormat {
    private static final byte FIRST = 1;
    private static final byte VERSION = 2;

    private CellFormat() {}

    static void write(CellTimeouts timeouts, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(timeouts.lifetime().ttl());
        timeouts.members().write(out);
        timeouts.write(out);
    }

    static CellState read(Capacity capacity, DataInput in) throws IOException {
        byte version = in.readByte();
        if (version < FIRST || version > VERSION) {
            throw new IOException("A cell of version " + version + " cannot be read by one of version " + VERSION
                    + "; upgrade presence4j on this node");
        }
        boolean first = version == FIRST;
        long ttl = in.readLong();
        EventLog log = EventLog.read(in);
        SessionTombstones departures = SessionTombstones.read(capacity, in, ttl);
        MemberIndex roster = first ? MemberIndex.readFirstVersion(in) : MemberIndex.read(in);
        Transitions members = new Transitions(capacity, log, departures, roster);
        return new CellState(
                first ? new CellTimeouts(members, new SessionLifetime(ttl, 0)) : CellTimeouts.read(members, ttl, in));
    }
}
