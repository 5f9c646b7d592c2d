package io.github.presence4j.redis;

import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.sharding.ShardChanges;
import io.github.presence4j.spi.Changes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reply of {@code changes.lua}.
 *
 * @param cursor the id of the last event that is covered
 * @param position its position
 * @param gap whether events after the given cursor are lost
 * @param untilNext the time until the next timeout may be due; zero if there are more events
 * @param asOf the server's time of the answer, in microseconds
 * @param entries the events, oldest first
 */
record CellChanges(String cursor, Position position, boolean gap, Duration untilNext, long asOf, List<Entry> entries) {
    /** No cursor: the answer is a gap, and a place to go on from. */
    static final String NONE = ShardChanges.NONE;

    /**
     * An event.
     *
     * @param id its number and the server's time in microseconds
     * @param fields the fields of the event, by name
     */
    record Entry(String id, Map<String, String> fields) {
        static Entry of(@Nullable Object reply) {
            List<@Nullable Object> idAndFields = ReplyParser.list(reply);
            List<@Nullable Object> flat = ReplyParser.list(idAndFields.get(1));
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < flat.size(); i += 2) {
                fields.put(String.valueOf(flat.get(i)), String.valueOf(flat.get(i + 1)));
            }
            return new Entry(String.valueOf(idAndFields.get(0)), fields);
        }

        long at() {
            return Long.parseLong(id.substring(id.indexOf('-') + 1));
        }

        /** Returns null if the event cannot be read, because a later version of presence4j wrote it. */
        @Nullable
        PresenceEvent event() {
            String epoch = fields.get("e");
            String number = fields.get("n");
            return epoch == null || number == null
                    ? null
                    : ReplyParser.event(fields, new Position(ReplyParser.number(epoch), ReplyParser.number(number)));
        }
    }

    static CellChanges of(List<@Nullable Object> reply) {
        long untilNext = ReplyParser.number(reply.get(4));
        List<Entry> entries = new ArrayList<>();
        ReplyParser.list(reply.get(6)).forEach(entry -> entries.add(Entry.of(entry)));
        return new CellChanges(
                String.valueOf(reply.get(0)),
                new Position(ReplyParser.number(reply.get(1)), ReplyParser.number(reply.get(2))),
                ReplyParser.number(reply.get(3)) == 1,
                untilNext < 0 ? Changes.NEVER : Duration.ofMillis(untilNext),
                ReplyParser.number(reply.get(5)),
                entries);
    }

    /** Converts the reply. An event that cannot be read becomes a gap: the watcher resynchronises and continues after it. */
    Changes toChanges() {
        List<PresenceEvent> events =
                entries.stream().map(Entry::event).filter(Objects::nonNull).toList();
        return events.size() == entries.size()
                ? new Changes(cursor, position, events, gap, untilNext)
                : new Changes(cursor, position, List.of(), true, untilNext);
    }

    /** Of a shard; whatever happens in it later is after that time. */
    ShardChanges toShardChanges(long time) {
        List<ShardChanges.Entry> events = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            PresenceEvent event = entry.event();
            if (event == null) {
                return new ShardChanges(cursor, position, true, untilNext, time, List.of());
            }
            events.add(new ShardChanges.Entry(entry.id(), entry.at(), event));
        }
        return new ShardChanges(cursor, position, gap, untilNext, time, events);
    }
}
