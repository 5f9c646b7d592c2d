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
 * The effects of a bulk touch. A touch that is neither ignored nor refused took effect. Of equal touches all have the same fate.
 *
 * @param joined the members that were not live before and are now
 * @param ignored the touches without effect because their named session left within the last TTL (S5)
 * @param refused the touches without effect because a bound was reached (E5), each with the bound, its value and what to do, such
 *     as {@code "Limit inmemory.max-members=5 reached; raise it or let members leave."}
 */
public record TouchOutcome(Set<String> joined, Set<Touch> ignored, Map<Touch, String> refused) {
    /** How many live sessions a member may have in a topic (B1). */
    public static final int MAX_SESSIONS = 1_000;

    /** Why the touch of one more session is refused. */
    public static final String TOO_MANY_SESSIONS = "Limit of " + MAX_SESSIONS
            + " live sessions per member and topic reached; end sessions that are not used any more.";

    /** Only renewals. */
    public static final TouchOutcome RENEWED = joined(Set.of());

    private static final int NAMED = 10;

    /**
     * An outcome without ignored and refused touches.
     *
     * @param members those that joined
     * @return the outcome
     */
    public static TouchOutcome joined(Set<String> members) {
        return new TouchOutcome(members, Set.of(), Map.of());
    }

    /**
     * Merges the outcomes of the parts of a bulk call.
     *
     * @param parts any number
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
     * Returns the result of one of the touches.
     *
     * @param touch one of those that were made
     * @return its result
     * @throws PresenceCapacityException if a bound refused it
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
     * Throws if a bound refused at least one touch.
     *
     * @throws PresenceCapacityException with the bounds, and up to ten of the members refused by each
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
