package io.github.presence4j.cell;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the events of a cell as bytes. A cell records no Snapshot and no synthetic event. Stateless and thread-safe.
 */
public final class EventCodec {
    private EventCodec() {}

    /**
     * Writes an event.
     *
     * @param event a Joined, Updated, Left, TimedOut or Reset
     * @param out the output to write to
     * @throws IOException if the output fails
     * @throws IllegalArgumentException if a cell records no such event
     */
    public static void write(PresenceEvent event, DataOutput out) throws IOException {
        if (event instanceof PresenceEvent.Joined joined) {
            head('j', event, joined.member(), out);
            optional(joined.session(), out);
            optional(joined.data(), out);
        } else if (event instanceof PresenceEvent.Updated updated) {
            head('u', event, updated.member(), out);
            optional(updated.session(), out);
            out.writeUTF(updated.data());
        } else if (event instanceof PresenceEvent.Left left) {
            head('l', event, left.member(), out);
        } else if (event instanceof PresenceEvent.TimedOut timedOut) {
            head('t', event, timedOut.member(), out);
        } else if (event instanceof PresenceEvent.Reset) {
            head('r', event, "", out);
        } else {
            throw new IllegalArgumentException("A cell records no " + event);
        }
    }

    private static void head(char kind, PresenceEvent event, String member, DataOutput out) throws IOException {
        out.writeByte(kind);
        out.writeLong(event.position().epoch());
        out.writeLong(event.position().seq());
        out.writeUTF(member);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in the input to read from
     * @return the event
     * @throws IOException if the input fails or has no event
     */
    public static PresenceEvent read(DataInput in) throws IOException {
        char kind = (char) in.readByte();
        Position position = new Position(in.readLong(), in.readLong());
        String member = in.readUTF();
        return switch (kind) {
            case 'j' -> new PresenceEvent.Joined(member, optional(in), optional(in), position, false);
            case 'u' -> new PresenceEvent.Updated(member, optional(in), in.readUTF(), position, false);
            case 'l' -> new PresenceEvent.Left(member, position, false);
            case 't' -> new PresenceEvent.TimedOut(member, position);
            case 'r' -> new PresenceEvent.Reset(position);
            default -> throw new IOException("No kind of event: " + kind);
        };
    }

    /**
     * Writes a text that may be null.
     *
     * @param text a text of at most 4 KiB of UTF-8; may be null
     * @param out the output to write to
     * @throws IOException if the output fails
     */
    public static void optional(@Nullable String text, DataOutput out) throws IOException {
        out.writeBoolean(text != null);
        out.writeUTF(Objects.requireNonNullElse(text, ""));
    }

    /**
     * Reads a text that may be null.
     *
     * @param in the input to read from
     * @return the text; may be null
     * @throws IOException if the input fails
     */
    public static @Nullable String optional(DataInput in) throws IOException {
        boolean present = in.readBoolean();
        String text = in.readUTF();
        return present ? text : null;
    }
}
