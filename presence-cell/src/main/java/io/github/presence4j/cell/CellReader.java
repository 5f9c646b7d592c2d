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
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A read of a cell at one time: a member that was last seen before the cutoff is not live. The cutoff is the time minus the TTL
 * or the window. Changes nothing that a later read could see. Timeouts are left for writers to record, and expired entries are
 * only sealed, see {@link MemberEntry}. Calls need the cell's lock, except where a method says that it does not.
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
     * Returns whether a member is live, without the cell's lock. True is certain; so is false, unless {@link #needsTurn}. O(1).
     *
     * @param member the member's id
     * @return whether it is live
     */
    public boolean seesLive(String member) {
        MemberEntry entry = roster.find(member);
        return entry != null && entry.isSeenSince(cutoff);
    }

    /**
     * Returns whether a false {@link #seesLive} must be asked again under the lock, as {@link #isLive(String)}. Needs no lock
     * itself.
     *
     * @param member the member's id
     * @return whether it must be asked again
     */
    public boolean needsTurn(String member) {
        return !windowed && roster.find(member) != null;
    }

    private boolean isLive(MemberEntry entry) {
        return windowed ? entry.isSeenSince(cutoff) : !entry.seal(cutoff);
    }

    /**
     * Returns whether a member is live. O(1).
     *
     * @param member the member's id
     * @return whether it is live
     */
    public boolean isLive(String member) {
        MemberEntry entry = roster.find(member);
        return entry != null && isLive(entry);
    }

    /**
     * Returns those of some members that are live. O(members).
     *
     * @param members the ids of the members
     * @return the live ones by id
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
     * Returns the ids of those of some members that are live. O(members).
     *
     * @param members the ids of the members
     * @return the ids of the live ones
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

    /** Returns a live member. Its time is the newest of those that the listed sessions have. */
    private Member member(MemberEntry entry) {
        List<Session> sessions = new ArrayList<>();
        long lastSeen = 0;
        for (SessionState session : windowed ? entry.sessions() : entry.liveSessions(cutoff)) {
            if (session.time() >= cutoff) {
                sessions.add(session.toSession());
                lastSeen = Math.max(lastSeen, session.time());
            }
        }
        return new Member(entry.member, Instant.ofEpochMilli(lastSeen), sessions);
    }

    /**
     * Counts the live members: all but those at the head of the index that have expired. Each of those is examined once. By a
     * window, counts as {@link #countAll}.
     *
     * @return the number of live members
     */
    public long count() {
        return windowed ? countAll() : roster.size() - roster.countExpired(cutoff);
    }

    /**
     * Counts as {@link #count}, examining a limited number of members. If that was not enough, the next call on the cell continues
     * where this one stopped, at a later time or not. The number is exact at the time of the call that returns it. By a window,
     * counts as {@link #countAll}. Must not be called for a cell that {@link CellState#renew} is called for.
     *
     * @param limit the highest number of members to examine, 1 or more
     * @return the number of live members; empty if there may be more to examine
     */
    public OptionalLong countWithin(int limit) {
        if (windowed) {
            return OptionalLong.of(countAll());
        }
        int expired = roster.countExpired(cutoff, limit);
        return expired < 0 ? OptionalLong.empty() : OptionalLong.of(roster.size() - expired);
    }

    /**
     * Counts the live members by examining each member. Needs no lock. O(members).
     *
     * @return the number of live members
     */
    public long countAll() {
        long live = 0;
        for (MemberEntry entry : roster.all()) {
            if (entry.isSeenSince(cutoff)) {
                live++;
            }
        }
        return live;
    }

    /**
     * Returns a page of the live members, in the order of slots. It also ends at 1 MiB of names and data, but has at least one
     * member. Examines at most eight slots per member of the limit.
     *
     * @param cursor null for the first page, else {@link MemberPage#next} of the page before
     * @param limit the highest number of members, 1 or more
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
     * Returns the names of the live members among {@code limit} slots, or among {@code limit} members if most slots are free.
     * While nothing has changed in the cell since the first part, no member has returned in another slot. O(limit).
     *
     * @param cursor null for the first part, else the text of a {@link SlotCursor}
     * @param limit the number of slots or members to examine, 1 or more
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
