package io.github.presence4j.redis;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.NextChanges;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the message of a signal, as {@code cell.lua} writes it: a version, the cursor before and the cursor after the changes, the
 * epoch, the seq, the ms until the next timeout may be due, and the events, each a letter and three texts with their lengths in
 * bytes.
 */
final class SignalMessage {
    private static final String VERSION = "1";

    private final byte[] bytes;
    private int at;

    private SignalMessage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the changes; null if the message has none, or cannot be read because a later version wrote it. */
    static @Nullable NextChanges parse(String message) {
        if (message.isEmpty()) {
            return null;
        }
        try {
            return new SignalMessage(message.getBytes(StandardCharsets.UTF_8)).changes();
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return null;
        }
    }

    private @Nullable NextChanges changes() {
        if (!VERSION.equals(until(' '))) {
            return null;
        }
        String before = until(' ');
        String after = until(' ');
        long epoch = number(' ');
        long seq = number(' ');
        Duration untilNext = Duration.ofMillis(number(' '));
        List<Map<String, String>> entries = new ArrayList<>();
        while (at < bytes.length) {
            String kind = text(1);
            entries.add(Map.of("k", kind, "m", text(), "s", text(), "d", text()));
        }
        List<PresenceEvent> events = new ArrayList<>(entries.size());
        for (Map<String, String> fields : entries) {
            long number = seq - entries.size() + events.size() + 1;
            PresenceEvent event = ReplyParser.event(fields, new Position(epoch, number));
            if (event == null) {
                return null;
            }
            events.add(event);
        }
        return new NextChanges(before, new Changes(after, new Position(epoch, seq), events, false, untilNext));
    }

    private long number(char end) {
        return Long.parseLong(until(end));
    }

    private String until(char end) {
        int from = at;
        while (bytes[at] != end) {
            at++;
        }
        at++;
        return new String(bytes, from, at - 1 - from, StandardCharsets.UTF_8);
    }

    private String text() {
        return text((int) number(':'));
    }

    private String text(int length) {
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }
}
