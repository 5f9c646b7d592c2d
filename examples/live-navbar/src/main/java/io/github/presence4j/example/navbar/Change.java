package io.github.presence4j.example.navbar;

import io.github.presence4j.PresenceEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A presence event as the page gets it.
 *
 * @param type snapshot, joined, updated, left, timedOut, reset, interrupted or resumed; also the name of the server-sent event
 * @param members who is live, sorted; only in a snapshot
 * @param member the member that changed; absent in changes of the whole topic
 * @param position {@code epoch:seq}, as text because JavaScript rounds a long
 * @param synthetic whether made up from a difference after a disturbance
 */
record Change(
        String type,
        @Nullable List<String> members,
        @Nullable String member,
        String position,
        boolean synthetic) {

    static Change of(PresenceEvent event) {
        String name = event.getClass().getSimpleName();
        return new Change(
                Character.toLowerCase(name.charAt(0)) + name.substring(1),
                event instanceof PresenceEvent.Snapshot snapshot
                        ? snapshot.members().stream().sorted().toList()
                        : null,
                event instanceof PresenceEvent.OfMember one ? one.member() : null,
                event.position().toString(),
                event.synthetic());
    }
}
