package io.github.presence4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The live members and their data, as built from events and pages. There is one view of the store, and one of what each lagging
 * listener received; their difference is what the listener missed (W5). Not thread-safe.
 */
final class MemberView {
    private final Map<String, KnownMember> members;
    /** Marks the members that this view may change in place, because no copy shares them. */
    private Object owner = new Object();

    MemberView() {
        this(new HashMap<>());
    }

    private MemberView(Map<String, KnownMember> members) {
        this.members = members;
    }

    MemberView copy() {
        owner = new Object();
        return new MemberView(new HashMap<>(members));
    }

    List<String> members() {
        return List.copyOf(members.keySet());
    }

    /** Whether the event changes anything here. Replayed over pages that already show its effect, it does not. */
    boolean accepts(PresenceEvent event) {
        if (event instanceof PresenceEvent.Joined joined) {
            return !members.containsKey(joined.member());
        }
        if (event instanceof PresenceEvent.Updated updated) {
            KnownMember known = members.get(updated.member());
            return known != null && !Objects.equals(known.data(updated.session()), updated.data());
        }
        return !(event instanceof PresenceEvent.OfMember gone) || members.containsKey(gone.member());
    }

    void apply(PresenceEvent event) {
        if (event instanceof PresenceEvent.Joined joined) {
            members.put(joined.member(), KnownMember.of(joined));
        } else if (event instanceof PresenceEvent.Updated updated) {
            members.computeIfPresent(
                    updated.member(), (member, known) -> known.with(updated.session(), updated.data(), owner));
        } else if (event instanceof PresenceEvent.OfMember gone) {
            members.remove(gone.member());
        } else if (event instanceof PresenceEvent.Reset) {
            members.clear();
        }
    }

    void add(Member member) {
        members.put(member.id(), KnownMember.of(member, owner));
    }

    /** Returns the members for which {@link #missing} adds a Joined event. */
    Set<String> joinedIn(MemberView newer) {
        Set<String> joined = new HashSet<>();
        newer.members.forEach((member, now) -> {
            KnownMember known = members.get(member);
            if (known == null || known.isOlderLifeOf(now)) {
                joined.add(member);
            }
        });
        return joined;
    }

    /** Returns the events that turn this view into the newer one, from what the newer one knows. */
    List<PresenceEvent> missing(MemberView newer, Position position) {
        return missing(newer, position, Map.of());
    }

    /**
     * Returns the events that turn this view into the newer one. {@code live} has members as a later read found them, so that a
     * Joined event names a session that is live.
     */
    List<PresenceEvent> missing(MemberView newer, Position position, Map<String, Member> live) {
        List<PresenceEvent> events = new ArrayList<>();
        for (String member : members.keySet()) {
            if (!newer.members.containsKey(member)) {
                events.add(new PresenceEvent.Left(member, position, true));
            }
        }
        newer.members.forEach((member, now) -> {
            KnownMember known = members.get(member);
            if (known != null && !known.isOlderLifeOf(now)) {
                now.tellUpdates(member, known, position, events);
                return;
            }
            if (known != null) {
                events.add(new PresenceEvent.Left(member, position, true));
            }
            now.tellJoined(member, live.get(member), position, events);
        });
        return events;
    }
}
