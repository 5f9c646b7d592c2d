package io.github.presence4j.cell;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * The members of a cell, found three ways. By name, without a lock. By slot: a member keeps its slot from its join to its
 * end, so a listing that goes through the slots meets it exactly once (R2). By the time the index knows it by: a skip list,
 * oldest first, that a renewal does not move; whoever comes to an entry at its head moves it to where it belongs by then, so
 * the index costs a member one move per TTL. Ordered by time seen and not by deadline, it outlives a change of the TTL.
 *
 * <p>Everything but {@link #find} and {@link #all} is guarded by the cell's lock.
 */
final class Roster {
    private static final Comparator<Entry> OLDEST_FIRST =
            Comparator.<Entry>comparingLong(entry -> entry.indexed).thenComparingInt(entry -> entry.slot);

    private final Map<String, Entry> byName = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Entry> byTime = new ConcurrentSkipListSet<>(OLDEST_FIRST);
    private final List<@Nullable Entry> bySlot = new ArrayList<>();
    private final Deque<Integer> freeSlots = new ArrayDeque<>();

    @Nullable
    Entry find(String member) {
        return byName.get(member);
    }

    Iterable<Entry> all() {
        return byName.values();
    }

    int size() {
        return byTime.isEmpty() ? 0 : bySlot.size() - freeSlots.size();
    }

    int slots() {
        return bySlot.size();
    }

    @Nullable
    Entry at(int slot) {
        return bySlot.get(slot);
    }

    Entry add(String member, long seen, @Nullable Sessions sessions) {
        Integer free = freeSlots.pollFirst();
        int slot = free == null ? bySlot.size() : free;
        if (free == null) {
            bySlot.add(null);
        }
        return put(new Entry(member, slot, seen, sessions));
    }

    /** Gives a plain member sessions, in the same slot. */
    Entry enrich(Entry plain, Sessions sessions) {
        byTime.remove(plain);
        return put(new Entry(plain.member, plain.slot, plain.lastSeen(), sessions));
    }

    private Entry put(Entry entry) {
        bySlot.set(entry.slot, entry);
        byTime.add(entry);
        byName.put(entry.member, entry);
        return entry;
    }

    void remove(Entry entry) {
        byName.remove(entry.member);
        byTime.remove(entry);
        bySlot.set(entry.slot, null);
        freeSlots.addFirst(entry.slot);
    }

    @Nullable
    Entry oldest() {
        return byTime.isEmpty() ? null : byTime.first();
    }

    Iterable<Entry> oldestFirst() {
        return byTime;
    }

    /** With the slots, and their order of use, and the times of the index: the copy lists and sweeps in the same order. */
    void write(DataOutput out) throws IOException {
        out.writeInt(bySlot.size());
        out.writeInt(freeSlots.size());
        for (int slot : freeSlots) {
            out.writeInt(slot);
        }
        for (Entry entry : bySlot) {
            if (entry != null) {
                out.writeInt(entry.slot);
                entry.write(out);
            }
        }
    }

    static Roster read(DataInput in) throws IOException {
        Roster roster = new Roster();
        int slots = in.readInt();
        int free = in.readInt();
        for (int i = 0; i < slots; i++) {
            roster.bySlot.add(null);
        }
        for (int i = 0; i < free; i++) {
            roster.freeSlots.addLast(in.readInt());
        }
        for (int left = slots - free; left > 0; left--) {
            roster.put(Entry.read(in.readInt(), in));
        }
        return roster;
    }

    /** Brings the index up to date with when the entry was seen. */
    void reindex(Entry entry) {
        byTime.remove(entry);
        entry.indexed = entry.lastSeen();
        byTime.add(entry);
    }
}
