package io.github.presence4j.cell;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a cell by slot number. An entry keeps its slot from its join to its end, so that a listing in the order of slots
 * returns it exactly once (R2). A new entry gets the lowest free slot.
 *
 * <p>Slots are kept in blocks of 64. A block without entries occupies no memory, and a listing skips 64 such blocks at a time. So what is
 * left of a large topic is listed and stored as if it had always been small, and no entry ever moves.
 */
final class SlotTable {
    private static final int BLOCK = Long.SIZE;

    /** The blocks; null for a block without entries. The last one has entries. */
    private final List<@Nullable Block> blocks = new ArrayList<>();

    private final BitSet used = new BitSet();
    private final BitSet full = new BitSet();

    private static final class Block {
        final @Nullable MemberEntry[] entries = new MemberEntry[BLOCK];
        /** One bit for each slot in use. */
        long taken;
    }

    /** Returns the lowest free slot. */
    int free() {
        int number = full.nextClearBit(0);
        Block block = number < blocks.size() ? blocks.get(number) : null;
        return number * BLOCK + (block == null ? 0 : Long.numberOfTrailingZeros(~block.taken));
    }

    /** Puts an entry into its slot. Replaces the entry there, if any. */
    void put(MemberEntry entry) {
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

    void remove(MemberEntry entry) {
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

    /** Returns the first entry in this slot or a later one; null if there is none. */
    @Nullable
    MemberEntry from(int slot) {
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

    /** Returns an upper bound of the slots in use, exclusive. */
    int end() {
        return blocks.size() * BLOCK;
    }
}
