package io.github.presence4j.cell;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a listing of names goes on in a cell. Parts of a listing are so many slots each, so the ones that follow are known before
 * this one is answered, and may be asked for beside each other.
 *
 * @param slot the next one to look at
 * @param slots how many there were
 * @param history where the cell's history stood when the listing began
 */
public record SlotCursor(int slot, int slots, String history) {

    /**
     * Reads a cursor.
     *
     * @param text of {@link #toString}
     * @return the cursor
     */
    public static SlotCursor parse(String text) {
        String[] parts = text.split(" ", 3);
        return new SlotCursor(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2]);
    }

    /**
     * The parts that come next.
     *
     * @param limit slots of each
     * @param most how many parts
     * @return this one and those behind it, no more than there are slots for
     */
    public List<String> parts(int limit, int most) {
        int parts = Math.min(most, (slots - slot + limit - 1) / limit);
        return IntStream.range(0, Math.max(1, parts))
                .mapToObj(part -> new SlotCursor(slot + part * limit, slots, history).toString())
                .toList();
    }

    @Override
    public String toString() {
        return slot + " " + slots + " " + history;
    }
}
