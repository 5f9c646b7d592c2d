package io.github.presence4j.cell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member with one session, whose time is its own. Without a subclass it is the default session, and has no data. */
class OneSessionEntry extends MemberEntry {

    OneSessionEntry(String member, int slot, long seen) {
        super(member, slot, seen);
    }

    static OneSessionEntry of(String member, int slot, SessionState only) {
        return only.isBare()
                ? new OneSessionEntry(member, slot, only.time())
                : new NamedSessionEntry(member, slot, only.time(), only.name, only.data());
    }

    String name() {
        return SessionState.DEFAULT;
    }

    @Nullable
    String data() {
        return null;
    }

    @Override
    final long lastSeen() {
        return time();
    }

    @Override
    final boolean isSeenSince(long cutoff) {
        return time() >= cutoff;
    }

    @Override
    final boolean renew(String session, @Nullable String data, long now, long cutoff) {
        return keeps(session, data) && renewTime(now, cutoff);
    }

    @Override
    final boolean seal(long cutoff) {
        return sealTime(cutoff);
    }

    @Override
    final int size() {
        return 1;
    }

    @Override
    final boolean has(String session) {
        return session.equals(name());
    }

    @Override
    boolean keeps(String session, @Nullable String data) {
        return data == null && session.isEmpty();
    }

    @Override
    final void see(String session, long now) {
        see(now);
    }

    @Override
    MemberEntry with(String session, @Nullable String data, long now) {
        sealTime(NEVER);
        SessionState begun = new SessionState(session, now, data);
        if (has(session)) {
            return new NamedSessionEntry(member, slot, time(), session, data);
        }
        return new ManySessionsEntry(member, slot, List.of(copy(), begun));
    }

    @Override
    final MemberEntry without(String session) {
        throw new IllegalStateException("The only session cannot be removed");
    }

    @Override
    final MemberEntry withoutExpired(long cutoff) {
        return this;
    }

    @Override
    final List<SessionState> sessions() {
        return List.of(copy());
    }

    @Override
    final List<SessionState> liveSessions(long cutoff) {
        return seal(cutoff) ? List.of() : sessions();
    }

    private SessionState copy() {
        return new SessionState(name(), time(), data());
    }
}
