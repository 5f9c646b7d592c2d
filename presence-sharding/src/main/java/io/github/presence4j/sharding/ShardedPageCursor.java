package io.github.presence4j.sharding;

import io.github.presence4j.spi.QuotedText;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a listing of a sharded topic has come.
 *
 * @param parts per shard: empty at its beginning, {@code =} and its own cursor, or {@code .} at its end
 */
record ShardedPageCursor(List<String> parts) {
    private static final String DONE = ".";
    private static final String MORE = "=";
    private static final String AND = "&";

    static ShardedPageCursor first(int shards) {
        return new ShardedPageCursor(
                IntStream.range(0, shards).mapToObj(shard -> "").toList());
    }

    /**
     * Reads a cursor.
     *
     * @param text the cursor; null for the beginning
     * @param shards the number of parts that it must have
     * @param requireCursor throws if a part is not a cursor of a cell
     * @return the position to continue from
     * @throws IllegalArgumentException if no page of such a topic can have returned the cursor
     */
    static ShardedPageCursor from(@Nullable String text, int shards, Consumer<String> requireCursor) {
        if (text == null) {
            return first(shards);
        }
        ShardedPageCursor cursor = new ShardedPageCursor(List.of(text.split(AND, -1)));
        boolean begun = cursor.parts.stream().anyMatch(part -> !part.isEmpty());
        if (cursor.parts.size() != shards || !begun || cursor.open().isEmpty()) {
            throw unknown(text);
        }
        for (int shard : cursor.open()) {
            cursor.require(shard, text, requireCursor);
        }
        return cursor;
    }

    private void require(int shard, String text, Consumer<String> requireCursor) {
        String part = parts.get(shard);
        if (!part.isEmpty() && !part.startsWith(MORE)) {
            throw unknown(text);
        }
        String own;
        try {
            own = after(shard);
        } catch (IllegalArgumentException e) { // not URL-encoded
            throw unknown(text);
        }
        if (own != null) {
            requireCursor.accept(own);
        }
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "cursor must be null or the next cursor of a page of this topic but was " + QuotedText.of(text));
    }

    /** The shards that have more. */
    List<Integer> open() {
        return IntStream.range(0, parts.size())
                .filter(shard -> !parts.get(shard).equals(DONE))
                .boxed()
                .toList();
    }

    @Nullable
    String after(int shard) {
        String part = parts.get(shard);
        return part.isEmpty() ? null : URLDecoder.decode(part.substring(1), StandardCharsets.UTF_8);
    }

    /** Returns this cursor with the next cursor of a shard, null if the shard has no more members. */
    ShardedPageCursor with(int shard, @Nullable String next) {
        List<String> moved = new ArrayList<>(parts);
        moved.set(shard, next == null ? DONE : MORE + URLEncoder.encode(next, StandardCharsets.UTF_8));
        return new ShardedPageCursor(moved);
    }

    /** Null if no shard has more. */
    @Nullable
    String text() {
        return open().isEmpty() ? null : String.join(AND, parts);
    }
}
