package io.github.presence4j.spi;

import io.github.presence4j.PresenceCapacityException;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The effects of a bulk touch. A touch that is neither ignored nor refused took effect. Equal touches share one outcome.
 *
 * <p>The sets and the map are used as they are given, without a copy. They must not change once a store has returned the
 * outcome; from then on it is thread-safe.
 *
 * @param joined the members that were not live before and are now
 * @param ignored the touches without effect because their named session left within the last TTL (rule S5: a late heartbeat
 *     revives no session that left)
 * @param refused the touches without effect because a limit was reached, each with the limit, its value and what to do, such as
 *     {@code "Limit inmemory.max-members=5 reached; raise it or let members leave."}
 */
public record TouchOutcome(Set<String> joined, Set<Touch> ignored, Map<Touch, String> refused) {
    /** The largest number of live sessions that a member may have in a topic. */
    public static final int MAX_SESSIONS = 1_000;

    /** The message for {@link #refused()} when a member would exceed {@link #MAX_SESSIONS}. */
    public static final String TOO_MANY_SESSIONS = "Limit of " + MAX_SESSIONS
            + " live sessions per member and topic reached; end sessions that are not used any more.";

    /** The outcome of touches that only renewed sessions: all sets are empty. */
    public static final TouchOutcome RENEWED = joined(Set.of());

    private static final int NAMED = 10;

    /**
     * Returns an outcome without ignored and refused touches.
     *
     * @param members the members that joined; used without a copy
     * @return the outcome
     */
    public static TouchOutcome joined(Set<String> members) {
        return new TouchOutcome(members, Set.of(), Map.of());
    }

    /**
     * Merges the outcomes of the parts of a bulk call. O(total size); a single part is returned as it is.
     *
     * @param parts the outcomes of the parts; may be empty
     * @return their union
     */
    public static TouchOutcome union(Collection<TouchOutcome> parts) {
        if (parts.size() == 1) {
            return parts.iterator().next();
        }
        TouchOutcome union = new TouchOutcome(new HashSet<>(), new HashSet<>(), new HashMap<>());
        for (TouchOutcome part : parts) {
            union.joined.addAll(part.joined);
            union.ignored.addAll(part.ignored);
            union.refused.putAll(part.refused);
        }
        return union;
    }

    /**
     * Returns the result of one of the touches. O(1).
     *
     * @param touch one of the touches of the bulk call; any other touch is reported as renewed, or as joined if its member did
     * @return its result
     * @throws PresenceCapacityException if a limit of the store refused the touch
     */
    public TouchResult of(Touch touch) {
        if (ignored.contains(touch)) {
            return TouchResult.IGNORED;
        }
        String reason = refused.get(touch);
        if (reason != null) {
            throw refusal(Map.of(reason, Set.of(touch.member())));
        }
        return joined.contains(touch.member()) ? TouchResult.JOINED : TouchResult.RENEWED;
    }

    /**
     * Throws if a limit of the store refused at least one touch.
     *
     * @throws PresenceCapacityException if so; its message has the limits, and up to ten of the members that each refused
     */
    public void requireNoneRefused() {
        if (!refused.isEmpty()) {
            Map<String, Set<String>> members = new LinkedHashMap<>();
            refused.forEach((touch, reason) ->
                    members.computeIfAbsent(reason, key -> new HashSet<>()).add(touch.member()));
            throw refusal(members);
        }
    }

    private static PresenceCapacityException refusal(Map<String, Set<String>> membersByReason) {
        StringBuilder message = new StringBuilder();
        membersByReason.forEach((reason, members) -> {
            List<String> named = members.stream().sorted().limit(NAMED).toList();
            message.append(message.isEmpty() ? "" : " ")
                    .append(reason)
                    .append(" Refused: ")
                    .append(String.join(", ", named))
                    .append(members.size() > NAMED ? ", ..." : "")
                    .append('.');
        });
        return new PresenceCapacityException(message.toString());
    }
}
