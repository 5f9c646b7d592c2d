package io.github.presence4j.cell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member with several sessions. Each session has a time of its own, which is renewed and sealed alone, and the member has none:
 * it was last seen when the newest of its sessions was. So no renewal can leave the member and its sessions in disagreement.
 *
 * <p>To find that the member is live takes one look at the session that was renewed last, in nearly every case. To find that it is
 * not takes a look at each session, which seals them all.
 */
final class ManySessionsEntry extends MemberEntry {
    private final SessionTable sessions;
    /** A session that was renewed lately. It may have ended since, and then it is sealed. Only saves looks at the others. */
    private volatile SessionState recent;
    /** No session was last seen before this time. Written under the lock. */
    private volatile long earliest;

    /** Takes over the sessions. */
    ManySessionsEntry(String member, int slot, List<SessionState> known) {
        super(member, slot, 0);
        this.sessions = new SessionTable(known);
        this.recent = known.get(0);
        this.earliest = earliestOf(known);
        this.indexed = lastSeen();
    }

    private static long earliestOf(List<SessionState> some) {
        long earliest = NEVER;
        for (SessionState session : some) {
            earliest = Math.min(earliest, session.time());
        }
        return earliest;
    }

    @Override
    long lastSeen() {
        long newest = 0;
        for (SessionState session : sessions.all()) {
            newest = Math.max(newest, session.time());
        }
        return newest;
    }

    @Override
    boolean isSeenSince(long cutoff) {
        if (recent.isOpenAt(cutoff)) {
            return true;
        }
        for (SessionState session : sessions.all()) {
            if (session.time() >= cutoff) {
                return true;
            }
        }
        return false;
    }

    /** Leaves a touch to the lock, too, if sessions may have expired since those were dropped last. */
    @Override
    boolean renew(String session, @Nullable String data, long now, long cutoff) {
        if (earliest < cutoff) {
            return false;
        }
        SessionState known = sessions.find(session);
        if (known == null || !known.renew(data, now, cutoff)) {
            return false;
        }
        if (!recent.isOpenAt(now - (now - cutoff) / 2)) {
            recent = known;
        }
        return true;
    }

    @Override
    boolean seal(long cutoff) {
        if (recent.isOpenAt(cutoff)) {
            return false;
        }
        for (SessionState session : sessions.all()) {
            if (!session.sealTime(cutoff)) {
                recent = session;
                return false;
            }
        }
        return true;
    }

    @Override
    int size() {
        return sessions.size();
    }

    @Override
    boolean has(String session) {
        return sessions.find(session) != null;
    }

    @Override
    boolean keeps(String session, @Nullable String data) {
        SessionState known = sessions.find(session);
        return known != null && known.keeps(data);
    }

    @Override
    void see(String session, long now) {
        SessionState known = sessions.find(session);
        if (known != null) {
            known.see(now);
            recent = known;
        }
    }

    @Override
    MemberEntry with(String session, @Nullable String data, long now) {
        SessionState known = sessions.find(session);
        if (known == null) {
            earliest = Math.min(earliest, now);
            sessions.add(new SessionState(session, now, data));
        } else if (data != null) {
            known.setData(data);
        }
        return this;
    }

    /** Seals the session before it ends, so that neither a renewal that is under way nor {@link #recent} takes it for live. */
    @Override
    MemberEntry without(String session) {
        SessionState known = sessions.find(session);
        if (known != null) {
            known.sealTime(NEVER);
            List<SessionState> others = new ArrayList<>(List.of(sessions.all()));
            others.remove(known);
            sessions.retain(others);
        }
        return smallest();
    }

    @Override
    MemberEntry withoutExpired(long cutoff) {
        if (earliest >= cutoff) {
            return this;
        }
        List<SessionState> live = new ArrayList<>();
        for (SessionState session : sessions.all()) {
            if (!session.sealTime(cutoff)) {
                live.add(session);
            }
        }
        if (live.size() < sessions.size()) {
            sessions.retain(live);
        }
        earliest = earliestOf(live);
        return smallest();
    }

    private MemberEntry smallest() {
        SessionState[] all = sessions.all();
        if (all.length > 1) {
            return this;
        }
        all[0].sealTime(NEVER);
        return OneSessionEntry.of(member, slot, all[0]);
    }

    @Override
    List<SessionState> sessions() {
        List<SessionState> copies = new ArrayList<>();
        for (SessionState session : sessions.all()) {
            copies.add(session.copy());
        }
        return copies;
    }

    @Override
    List<SessionState> liveSessions(long cutoff) {
        List<SessionState> live = new ArrayList<>();
        for (SessionState session : sessions.all()) {
            if (!session.sealTime(cutoff)) {
                live.add(session.copy());
            }
        }
        return live;
    }
}
