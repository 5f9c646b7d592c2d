package io.github.presence4j.cell;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Session;
import io.github.presence4j.sharding.Utf8Length;
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
 * A read of a cell at one time: a member that was last seen before the cutoff is not live (T1, T6). It changes nothing that
 * a later read could see (R1). Timeouts are left for writers to record, and expired entries are only sealed, see
 * {@link MemberEntry}. Calls need the cell's lock, except where a method says that it does not.
 */
public final class CellReader {
    /** The number of entries that a page examines per member asked for, so that many expired ones do not make it long (R3). */
    private static final int LOOKS_PER_MEMBER = 8;

    private final MemberIndex roster;
    private final long cutoff;
    private final boolean windowed;
    private final EventLog log;

    private CellReader(MemberIndex roster, EventLog log, long cutoff, boolean windowed) {
        this.roster = roster;
        this.log = log;
        this.cutoff = cutoff;
        this.windowed = windowed;
    }

    static CellReader at(
            MemberIndex roster, EventLog log, long now, SessionLifetime lifetime, @Nullable Duration window) {
        long byTtl = lifetime.cutoff(now);
        long cutoff = window == null ? byTtl : Math.max(byTtl, now - window.toMillis());
        return new CellReader(roster, log, cutoff, cutoff > byTtl);
    }

    /** {@return whether this read uses a window shorter than the TTL, which expires no member} */
    public boolean isWindowed() {
        return windowed;
    }

    /**
     * May be called without the cell's lock. True is certain; so is false, unless {@link #needsTurn}.
     *
     * @param member the member's id
     * @return whether it is live
     */
    public boolean seesLive(String member) {
        MemberEntry entry = roster.find(member);
        return entry != null && entry.lastSeen() >= cutoff;
    }

    /**
     * May be called without the cell's lock.
     *
     * @param member the member's id
     * @return whether a false {@link #seesLive} has to be asked again, as {@link #isLive(String)}
     */
    public boolean needsTurn(String member) {
        return !windowed && roster.find(member) != null;
    }

    private boolean isLive(MemberEntry entry) {
        return windowed ? entry.lastSeen() >= cutoff : !entry.seal(cutoff);
    }

    /**
     * Whether a member is live.
     *
     * @param member the member's id
     * @return whether it is
     */
    public boolean isLive(String member) {
        MemberEntry entry = roster.find(member);
        return entry != null && isLive(entry);
    }

    /**
     * Which of some members are live.
     *
     * @param members the ids of the members
     * @return the live ones by name
     */
    public Map<String, Member> live(Collection<String> members) {
        Map<String, Member> live = new HashMap<>();
        for (String member : members) {
            MemberEntry entry = roster.find(member);
            if (entry != null && isLive(entry)) {
                live.put(member, member(entry));
            }
        }
        return live;
    }

    /**
     * As {@link #live}, of names alone.
     *
     * @param members the ids of the members
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

    private Member member(MemberEntry entry) {
        Instant lastSeen = Instant.ofEpochMilli(entry.lastSeen());
        List<Session> sessions =
                entry.sessions == null ? List.of(new Session(null, lastSeen, null)) : entry.sessions.since(cutoff);
        return new Member(entry.member, lastSeen, sessions);
    }

    /**
     * Counts the live members: all but those at the head of the index that have expired. Each of those is examined once. By a
     * window, counts as {@link #countAll}.
     *
     * @return how many are live
     */
    public long count() {
        return windowed ? countAll() : roster.size() - roster.countExpired(cutoff);
    }

    /**
     * May be called without the cell's lock. Looks at every member.
     *
     * @return how many are live
     */
    public long countAll() {
        long live = 0;
        for (MemberEntry entry : roster.all()) {
            if (entry.lastSeen() >= cutoff) {
                live++;
            }
        }
        return live;
    }

    /**
     * Returns a page of the live members, in the order of slots. It also ends at 1 MiB of names and data, but has at least one
     * member (B2).
     *
     * @param cursor null for the first page, else {@link MemberPage#next} of the page before
     * @param limit how many at most
     * @return the page
     * @throws IllegalArgumentException if no page can have returned the cursor
     */
    public MemberPage page(@Nullable String cursor, int limit) {
        long looks = (long) limit * LOOKS_PER_MEMBER;
        long bytes = 0;
        List<Member> members = new ArrayList<>();
        MemberEntry entry = roster.slots().from(SlotCursor.pageSlot(cursor));
        for (; entry != null && members.size() < limit && looks > 0; looks--) {
            if (isLive(entry)) {
                Member member = member(entry);
                bytes += Utf8Length.of(member);
                if (bytes > Utf8Length.PER_PAGE && !members.isEmpty()) {
                    break;
                }
                members.add(member);
            }
            entry = roster.slots().from(entry.slot + 1);
        }
        return new MemberPage(members, entry == null ? null : Integer.toString(entry.slot));
    }

    /**
     * Returns the names of the live members among {@code limit} slots, or among {@code limit} members if most slots are free. While
     * nothing has changed in the cell since the first part, no member has returned in another slot.
     *
     * @param cursor null at first, else of a {@link SlotCursor}
     * @param limit how many slots
     * @return the part
     * @throws IllegalArgumentException if no part can have returned the cursor
     */
    public NamePage names(@Nullable String cursor, int limit) {
        SlotTable slots = roster.slots();
        boolean dense = roster.size() > slots.end() / 2;
        SlotCursor from = cursor == null
                ? dense ? new SlotCursor(0, slots.end(), log.end()) : SlotCursor.alone(0, log.end())
                : SlotCursor.parse(cursor);
        List<String> names = new ArrayList<>();
        MemberEntry entry = slots.from(from.slot());
        for (int looks = 0; entry != null && from.includes(entry.slot, looks, limit); looks++) {
            if (isLive(entry)) {
                names.add(entry.member);
            }
            entry = slots.from(entry.slot + 1);
        }
        return new NamePage(
                names,
                !from.history().equals(log.end()),
                entry == null ? null : from.next(entry.slot, limit).toString());
    }
}
