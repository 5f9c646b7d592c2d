package io.github.presence4j.redis;

import io.github.presence4j.Member;
import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what scripts return into what the SPI promises. The headers of the {@code .lua} files say what they return. */
final class ReplyParser {
    private ReplyParser() {}

    @SuppressWarnings("unchecked") // a list within a reply is a list of such
    static List<@Nullable Object> list(@Nullable Object reply) {
        return (List<@Nullable Object>) Objects.requireNonNull(reply);
    }

    @SuppressWarnings("unchecked") // a list of names has nothing else
    static List<String> names(List<@Nullable Object> reply) {
        return (List<String>) (List<?>) reply;
    }

    static long number(@Nullable Object reply) {
        return reply instanceof Long number ? number : Long.parseLong((String) reply);
    }

    /**
     * Parses a reply of {@code touch.lua}: empty if all touches are renewals, else {@code {members that joined, ignored touches,
     * refused touches}}, touches by position.
     */
    static TouchOutcome touched(List<Touch> touches, List<@Nullable Object> reply) {
        if (reply.isEmpty()) {
            return TouchOutcome.RENEWED;
        }
        Set<Touch> ignored = new HashSet<>();
        list(reply.get(1)).forEach(position -> ignored.add(at(touches, position)));
        Map<Touch, String> refused = new HashMap<>();
        list(reply.get(2)).forEach(position -> refused.put(at(touches, position), TouchOutcome.TOO_MANY_SESSIONS));
        return new TouchOutcome(new HashSet<>(names(list(reply.get(0)))), ignored, refused);
    }

    private static Touch at(List<Touch> touches, @Nullable Object position) {
        return touches.get((int) number(position) - 1);
    }

    /** {@code lastSeen}, or {@code {lastSeen, sessions}}. */
    static Member member(String name, Object answer) {
        if (answer instanceof String seen) {
            Instant lastSeen = instant(seen);
            return new Member(name, lastSeen, List.of(new Session(null, lastSeen, null)));
        }
        List<@Nullable Object> rich = list(answer);
        return new Member(name, instant(rich.get(0)), sessions(list(rich.get(1))));
    }

    private static List<Session> sessions(List<@Nullable Object> flat) {
        List<Session> sessions = new ArrayList<>(flat.size() / 3);
        for (int i = 0; i < flat.size(); i += 3) {
            sessions.add(new Session(
                    absentIfEmpty((String) flat.get(i)), instant(flat.get(i + 1)), (String) flat.get(i + 2)));
        }
        return sessions;
    }

    private static Instant instant(@Nullable Object millis) {
        return Instant.ofEpochMilli(number(millis));
    }

    private static @Nullable String absentIfEmpty(@Nullable String name) {
        return name == null || name.isEmpty() ? null : name;
    }

    /** Parses an entry of the log, as {@code cell.lua} writes it; returns null for an unknown entry of a later version. */
    static @Nullable PresenceEvent event(Map<String, String> fields, Position position) {
        String member = fields.getOrDefault("m", "");
        String session = absentIfEmpty(fields.get("s"));
        String data = fields.getOrDefault("d", "");
        String text = data.isEmpty() ? null : data.substring(1);
        String kind = fields.getOrDefault("k", "");
        return switch (kind) {
            case "j" -> new PresenceEvent.Joined(member, session, text, position, false);
            case "u" ->
                new PresenceEvent.Updated(member, session, Objects.requireNonNullElse(text, ""), position, false);
            case "l" -> new PresenceEvent.Left(member, position, false);
            case "t" -> new PresenceEvent.TimedOut(member, position);
            case "r" -> new PresenceEvent.Reset(position);
            default -> null;
        };
    }
}
