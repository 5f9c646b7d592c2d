package io.github.presence4j.inmemory;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A read of a cell at one time: whoever was seen before {@code cutoff} is not live (T1, T6). Changes nothing that a later
 * read could see (R1): timeouts are left for others to record, and lapsed entries are only sealed, see {@link Entry}.
 *
 * @param roster the members
 * @param cutoff the oldest time that is live
 * @param windowed whether by a window shorter than the TTL, in which nobody lapses and nothing is sealed
 */
record Look(Roster roster, long cutoff, boolean windowed) {
    /** A page looks at so many slots per member asked for, so that a thinned-out topic does not make it long (R3). */
    private static final int SLOTS_PER_MEMBER = 8;

    static Look at(Roster roster, long now, long ttl, @Nullable Duration window) {
        long span = window == null ? ttl : Math.min(ttl, window.toMillis());
        return new Look(roster, now - span, span < ttl);
    }

    /** Beside the lock: true is certain; false is, if nobody of the name is there or the look is windowed. */
    boolean seesLive(String member) {
        Entry entry = roster.find(member);
        return entry != null && entry.lastSeen() >= cutoff;
    }

    boolean needsLock(String member) {
        return !windowed && roster.find(member) != null;
    }

    private boolean isLive(Entry entry) {
        return windowed ? entry.lastSeen() >= cutoff : !entry.seal(cutoff);
    }

    boolean isLive(String member) {
        Entry entry = roster.find(member);
        return entry != null && isLive(entry);
    }

    Map<String, Member> live(Collection<String> members) {
        Map<String, Member> live = new HashMap<>();
        for (String member : members) {
            Entry entry = roster.find(member);
            if (entry != null && isLive(entry)) {
                live.put(member, member(entry));
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

    /** All but those the index knows to be old and that are so indeed. */
    long count() {
        List<Entry> moved = new ArrayList<>();
        long lapsed = 0;
        for (Entry entry : roster.oldestFirst()) {
            if (entry.indexed >= cutoff) {
                break;
            }
            if (isLive(entry)) {
                moved.add(entry);
            } else {
                lapsed++;
            }
        }
        moved.forEach(roster::reindex);
        return roster.size() - lapsed;
    }

    /** Beside the lock: every member is looked at. */
    long countAll() {
        long live = 0;
        for (Entry entry : roster.all()) {
            if (entry.lastSeen() >= cutoff) {
                live++;
            }
        }
        return live;
    }

    MemberPage page(@Nullable String cursor, int limit) {
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
}
