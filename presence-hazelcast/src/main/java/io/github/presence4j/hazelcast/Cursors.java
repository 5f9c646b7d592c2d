package io.github.presence4j.hazelcast;

import io.github.presence4j.cell.SlotCursor;
import org.jspecify.annotations.Nullable;

/** Checks cursors of listings before they are sent, since applications hand them to strangers (E7). */
final class Cursors {
    private Cursors() {}

    /** Returns the cursor of a page, which is the number of a slot. */
    static @Nullable String requireSlot(@Nullable String cursor) {
        if (cursor != null) {
            slot(cursor, cursor);
        }
        return cursor;
    }

    /** Reads the cursor of a list of names. */
    static SlotCursor parse(String cursor) {
        String[] parts = cursor.split(" ", 3);
        if (parts.length != 3) {
            throw unknown(cursor);
        }
        return new SlotCursor(slot(parts[0], cursor), slot(parts[1], cursor), parts[2]);
    }

    private static int slot(String text, String cursor) {
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Integer.parseInt(text);
            }
        } catch (NumberFormatException e) {
            throw unknown(cursor);
        }
        throw unknown(cursor);
    }

    private static IllegalArgumentException unknown(String cursor) {
        return new IllegalArgumentException(
                "cursor must be one that a page of this topic gave, but was '" + cursor + "'");
    }
}
