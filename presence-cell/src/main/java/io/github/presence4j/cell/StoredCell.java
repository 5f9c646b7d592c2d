package io.github.presence4j.cell;

import io.github.presence4j.PresenceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A cell as bytes, with a time of its own. Its time is the store's, but keeps running if the store's clock is set back (T3).
 */
final class StoredCell {
    /** Has no checksum at its end. */
    private static final byte FIRST_VERSION = 1;

    private static final byte VERSION = 2;
    /** The first fields. */
    private static final int HEADER_BYTES = 1 + 5 * Long.BYTES;

    private static final int BYTES_PER_MEMBER = 40;

    private final CellState state;
    private long clock;
    private long shift;
    /** Until when the members and departures need the cell. */
    private long keptUntil;
    /** Until when the watchers need the cell. */
    private long logUntil;
    /** Another one after each event that watchers should see. Begins at random, so that it differs if the cell is created again. */
    private long version;

    private StoredCell(CellState state) {
        this.state = state;
    }

    /** Makes a cell without members. */
    static StoredCell create(long ttl) {
        StoredCell cell = new StoredCell(new CellState(Capacity.unbounded(), ttl, randomId()));
        cell.version = randomId();
        return cell;
    }

    static long randomId() {
        return ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    }

    /** Reads a cell. Returns null if there are no bytes, or if the cell has expired by the store's clock. */
    static @Nullable StoredCell read(byte @Nullable [] bytes, long storeTime) {
        if (bytes == null) {
            return null;
        }
        byte version = bytes.length == 0 ? 0 : bytes[0];
        if (version > VERSION) { // not an outage
            throw new PresenceException(
                    "A stored cell cannot be read: its version is " + version + ", and this node knows " + VERSION
                            + "; upgrade presence4j on this node",
                    null);
        }
        if (version < FIRST_VERSION || (version == VERSION && !isWhole(bytes))) {
            throw damaged(null);
        }
        try {
            return read(new DataInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1)), storeTime);
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private static PresenceException damaged(@Nullable Exception cause) {
        return new PresenceException(
                "A stored cell is damaged. Delete it: the next heartbeats store the members of its topic again", cause);
    }

    private static boolean isWhole(byte[] bytes) {
        int length = bytes.length - Integer.BYTES;
        return length > 0 && ByteBuffer.wrap(bytes).getInt(length) == checksum(bytes, length);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }

    private static @Nullable StoredCell read(DataInputStream in, long storeTime) throws IOException {
        long[] header = new long[5];
        for (int i = 0; i < header.length; i++) {
            header[i] = in.readLong();
        }
        if (storeTime + header[1] >= Math.max(header[2], header[3])) {
            return null;
        }
        StoredCell cell = new StoredCell(CellState.read(Capacity.unbounded(), in));
        cell.clock = header[0];
        cell.shift = header[1];
        cell.keptUntil = header[2];
        cell.logUntil = header[3];
        cell.version = header[4];
        return cell;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER_BYTES + state.size() * BYTES_PER_MEMBER);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(VERSION);
        for (long field : new long[] {clock, shift, keptUntil, logUntil, version}) {
            out.writeLong(field);
        }
        state.write(out);
        byte[] all = bytes.toByteArray();
        out.writeInt(checksum(all, all.length));
        return bytes.toByteArray();
    }

    CellState state() {
        return state;
    }

    /** Returns whether it was made by this call, and nothing has kept it yet. */
    boolean isNew() {
        return keptUntil == 0 && logUntil == 0;
    }

    long version() {
        return version;
    }

    /** Before a change: returns the time of this cell, which never decreases. */
    long advance(long storeTime) {
        shift = Math.max(shift, clock - storeTime);
        clock = storeTime + shift;
        return clock;
    }

    /** For a read. */
    long timeAt(long storeTime) {
        return Math.max(clock, storeTime + shift);
    }

    /** Keeps the cell for one TTL and 60 seconds after a touch, leave or reset (G1). */
    void keep() {
        keptUntil = clock + state.ttl() + Limits.KEPT_AFTER_TTL_MILLIS;
    }

    /** Keeps the log for a watcher. */
    void keepLog() {
        logUntil = clock + Limits.WATCHED_MILLIS;
    }

    /** Returns the time of the store's clock at which nothing needs the cell any more. */
    long expiresAt() {
        return Math.max(keptUntil, logUntil) - shift;
    }

    /** After a change: returns whether watchers should poll, and changes the version if so. */
    boolean takeSignal() {
        boolean signal = state.takeChanged() && state.isWatched();
        if (signal) {
            version++;
        }
        return signal;
    }
}
