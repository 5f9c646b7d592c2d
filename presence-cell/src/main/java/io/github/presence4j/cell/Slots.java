package io.github.presence4j.cell;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a cell by number. An entry keeps its slot from its join to its end, so that a listing that walks through the slots
 * meets it exactly once (R2). A new entry gets the lowest free slot.
 *
 * <p>Slots are kept in blocks of 64. A block without entries occupies no memory, and a walk passes 64 of them at a time. So what
 * remains of a large topic is listed and stored as if it had always been small, and no entry ever has to move.
 */
final class Slots {
    private static final int BLOCK = Long.SIZE;

    /** Null where a block has no entries; ends with one that has some. */
    private final List<@Nullable Block> blocks = new ArrayList<>();

    private final BitSet used = new BitSet();
    private final BitSet full = new BitSet();

    private static final class Block {
        final @Nullable Entry[] entries = new Entry[BLOCK];
        /** A bit for each entry that is there. */
        long taken;
    }

    /** Returns the lowest slot that is free. */
    int free() {
        int number = full.nextClearBit(0);
        Block block = number < blocks.size() ? blocks.get(number) : null;
        return number * BLOCK + (block == null ? 0 : Long.numberOfTrailingZeros(~block.taken));
    }

    /** Puts an entry into its slot, or replaces the one that is there. */
    void put(Entry entry) {
        int number = entry.slot / BLOCK;
        while (blocks.size() <= number) {
            blocks.add(null);
        }
        Block block = blocks.get(number);
        if (block == null) {
            block = new Block();
            blocks.set(number, block);
            used.set(number);
        }
        block.entries[entry.slot % BLOCK] = entry;
        block.taken |= 1L << entry.slot;
        full.set(number, block.taken == -1);
    }

    void remove(Entry entry) {
        int number = entry.slot / BLOCK;
        Block block = blocks.get(number);
        if (block == null) {
            return;
        }
        block.entries[entry.slot % BLOCK] = null;
        block.taken &= ~(1L << entry.slot);
        full.clear(number);
        if (block.taken == 0) {
            blocks.set(number, null);
            used.clear(number);
            blocks.subList(used.length(), blocks.size()).clear();
        }
    }

    /** Returns the first entry in a slot or behind it; null if there is none. */
    @Nullable
    Entry from(int slot) {
        int number = slot / BLOCK;
        if (number >= blocks.size()) {
            return null;
        }
        Block block = blocks.get(number);
        long taken = block == null ? 0 : block.taken & (-1L << slot);
        if (taken == 0) {
            number = used.nextSetBit(number + 1);
            block = number < 0 ? null : blocks.get(number);
            taken = block == null ? 0 : block.taken;
        }
        return block == null || taken == 0 ? null : block.entries[Long.numberOfTrailingZeros(taken)];
    }

    /** Returns one more than the highest slot that may be taken. */
    int end() {
        return blocks.size() * BLOCK;
    }
}
