package io.github.presence4j.cell;

import io.github.presence4j.spi.QuotedText;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The point at which a listing of names continues in a cell. Parts of a listing are so many slots each, so the ones that
 * follow are known before this one is answered, and may be read at the same time. If most slots are free, a part has a
 * number of members instead, and only the next part is known.
 *
 * @param slot the next one to look at
 * @param slots the number of slots; 0 if the parts are numbers of members
 * @param history the position of the cell's log when the listing began
 */
public record SlotCursor(int slot, int slots, String history) {
    private static final Pattern SLOT = Pattern.compile("\\d{1,10}");

    /** Returns the cursor of a listing whose parts are numbers of members. */
    static SlotCursor alone(int slot, String history) {
        return new SlotCursor(slot, 0, history);
    }

    /**
     * Reads a cursor.
     *
     * @param text of {@link #toString}
     * @return the cursor
     * @throws IllegalArgumentException if the text is not a cursor
     */
    public static SlotCursor parse(String text) {
        String[] parts = text.split(" ", 3);
        if (parts.length < 3) {
            throw foreign(text);
        }
        return new SlotCursor(number(parts[0], text), number(parts[1], text), parts[2]);
    }

    /**
     * Reads the cursor of a page of members.
     *
     * @param text {@link io.github.presence4j.MemberPage#next} of a page; null for the first one
     * @return the slot at which the page begins
     * @throws IllegalArgumentException if no page can have returned the text
     */
    public static int pageSlot(@Nullable String text) {
        return text == null ? 0 : number(text, text);
    }

    private static int number(String digits, String text) {
        if (SLOT.matcher(digits).matches()) {
            long number = Long.parseLong(digits);
            if (number <= Integer.MAX_VALUE - Long.SIZE) {
                return (int) number;
            }
        }
        throw foreign(text);
    }

    private static IllegalArgumentException foreign(String text) {
        return new IllegalArgumentException(
                "cursor must be null or the next cursor of a page of this topic but was " + QuotedText.of(text));
    }

    /** Returns whether an entry belongs to the part that begins here, after a number of examined entries. */
    boolean includes(int entrysSlot, int looks, int limit) {
        return slots > 0 ? entrysSlot < slot + (long) limit : looks < limit;
    }

    /** Returns the cursor of the next part, given the slot of its first entry. */
    SlotCursor next(int entrysSlot, int limit) {
        return slots > 0 ? new SlotCursor(slot + limit, slots, history) : alone(entrysSlot, history);
    }

    /**
     * The parts that come next.
     *
     * @param limit slots of each
     * @param most how many parts
     * @return this one and those behind it, no more than there are slots for
     */
    public List<String> parts(int limit, int most) {
        long parts = Math.min(most, ((long) slots - slot + limit - 1) / limit);
        return IntStream.range(0, (int) Math.max(1, parts))
                .mapToObj(part -> new SlotCursor(slot + part * limit, slots, history).toString())
                .toList();
    }

    @Override
    public String toString() {
        return slot + " " + slots + " " + history;
    }
}
