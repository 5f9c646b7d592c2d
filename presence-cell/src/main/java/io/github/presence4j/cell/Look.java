package io.github.presence4j.cell;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Session;
import io.github.presence4j.spi.NamePage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A read of a cell at one time: whoever was seen before the cutoff is not live (T1, T6). Changes nothing that a later read could
 * see (R1): timeouts are left for others to record, and lapsed entries are only sealed, see {@link Entry}. Asked in turn with the
 * changes of the cell, except where a method says that it may be asked beside them.
 */
public final class Look {
    /** A page looks at so many slots per member asked for, so that a thinned-out topic does not make it long (R3). */
    private static final int SLOTS_PER_MEMBER = 8;

    private final Roster roster;
    private final long cutoff;
    private final boolean windowed;
    private final EventLog log;

    private Look(Roster roster, EventLog log, long cutoff, boolean windowed) {
        this.roster = roster;
        this.log = log;
        this.cutoff = cutoff;
        this.windowed = windowed;
    }

    static Look at(Roster roster, EventLog log, long now, long ttl, @Nullable Duration window) {
        long span = window == null ? ttl : Math.min(ttl, window.toMillis());
        return new Look(roster, log, now - span, span < ttl);
    }

    /** {@return whether this is by a window shorter than the TTL, in which nobody lapses} */
    public boolean isWindowed() {
        return windowed;
    }

    /**
     * May be asked beside changes. True is certain; false is, unless {@link #needsTurn}.
     *
     * @param member who
     * @return whether it is live
     */
    public boolean seesLive(String member) {
        Entry entry = roster.find(member);
        return entry != null && entry.lastSeen() >= cutoff;
    }

    /**
     * May be asked beside changes.
     *
     * @param member who
     * @return whether a false {@link #seesLive} has to be asked again, as {@link #isLive(String)}
     */
    public boolean needsTurn(String member) {
        return !windowed && roster.find(member) != null;
    }

    private boolean isLive(Entry entry) {
        return windowed ? entry.lastSeen() >= cutoff : !entry.seal(cutoff);
    }

    /**
     * Whether a member is live.
     *
     * @param member who
     * @return whether it is
     */
    public boolean isLive(String member) {
        Entry entry = roster.find(member);
        return entry != null && isLive(entry);
    }

    /**
     * Which of some members are live.
     *
     * @param members who
     * @return the live ones by name
     */
    public Map<String, Member> live(Collection<String> members) {
        Map<String, Member> live = new HashMap<>();
        for (String member : members) {
            Entry entry = roster.find(member);
            if (entry != null && isLive(entry)) {
                live.put(member, member(entry));
            }
        }
        return live;
    }

    /**
     * As {@link #live}, of names alone.
     *
     * @param members who
     * @return the live ones
     */
    public Set<String> liveAmong(Collection<String> members) {
        Set<String> live = new HashSet<>();
        for (String member : members) {
            if (isLive(member)) {
                live.add(member);
            }
        }
        return live;
    }

    private Member member(Entry entry) {
        Instant lastSeen = Instant.ofEpochMilli(entry.lastSeen());
        List<Session> sessions =
                entry.sessions == null ? List.of(new Session(null, lastSeen, null)) : entry.sessions.since(cutoff);
        return new Member(entry.member, lastSeen, sessions);
    }

    /**
     * Counts all but those the index knows to be old and that are so indeed; by a window, as {@link #countAll}.
     *
     * @return how many are live
     */
    public long count() {
        if (windowed) {
            return countAll();
        }
        long lapsed = 0;
        for (Entry entry : roster.oldestFirst()) {
            if (entry.indexed >= cutoff) {
                break;
            }
            if (!isLive(entry)) {
                lapsed++;
            }
        }
        return roster.size() - lapsed;
    }

    /**
     * May be asked beside changes. Looks at every member.
     *
     * @return how many are live
     */
    public long countAll() {
        long live = 0;
        for (Entry entry : roster.all()) {
            if (entry.lastSeen() >= cutoff) {
                live++;
            }
        }
        return live;
    }

    /**
     * A part of who is live, in the order of slots.
     *
     * @param cursor null at first
     * @param limit how many at most
     * @return the page
     */
    public MemberPage page(@Nullable String cursor, int limit) {
        int slot = cursor == null ? 0 : Integer.parseInt(cursor);
        int end = (int) Math.min(roster.slots(), slot + (long) limit * SLOTS_PER_MEMBER);
        List<Member> members = new ArrayList<>(Math.min(limit, Math.max(0, end - slot)));
        for (; slot < end && members.size() < limit; slot++) {
            Entry entry = roster.at(slot);
            if (entry != null && isLive(entry)) {
                members.add(member(entry));
            }
        }
        return new MemberPage(members, slot < roster.slots() ? Integer.toString(slot) : null);
    }

    /**
     * The names of the live among so many slots. While nothing happened in the cell since the first part, nobody came back in another
     * slot.
     *
     * @param cursor null at first, else of a {@link SlotCursor}
     * @param limit how many slots
     * @return the part
     */
    public NamePage names(@Nullable String cursor, int limit) {
        SlotCursor from = cursor == null ? new SlotCursor(0, roster.slots(), log.end()) : SlotCursor.parse(cursor);
        int end = Math.min(roster.slots(), from.slot() + limit);
        List<String> names = new ArrayList<>(Math.max(0, end - from.slot()));
        for (int slot = from.slot(); slot < end; slot++) {
            Entry entry = roster.at(slot);
            if (entry != null && isLive(entry)) {
                names.add(entry.member);
            }
        }
        boolean more = end < roster.slots();
        return new NamePage(
                names,
                !from.history().equals(log.end()),
                more ? new SlotCursor(end, roster.slots(), from.history()).toString() : null);
    }
}
