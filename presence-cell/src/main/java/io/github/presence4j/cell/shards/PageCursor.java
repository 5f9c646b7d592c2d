package io.github.presence4j.cell.shards;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a listing of a sharded topic has come.
 *
 * @param parts per shard: empty at its beginning, {@code =} and its own cursor, or {@code .} at its end
 */
record PageCursor(List<String> parts) {
    private static final String DONE = ".";
    private static final String AND = "&";

    static PageCursor first(int shards) {
        return new PageCursor(IntStream.range(0, shards).mapToObj(shard -> "").toList());
    }

    static PageCursor parse(String text) {
        return new PageCursor(List.of(text.split(AND, -1)));
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

    /** A shard told where it goes on, null for nowhere. */
    PageCursor with(int shard, @Nullable String next) {
        List<String> moved = new ArrayList<>(parts);
        moved.set(shard, next == null ? DONE : "=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
        return new PageCursor(moved);
    }

    /** Null if no shard has more. */
    @Nullable
    String text() {
        return open().isEmpty() ? null : String.join(AND, parts);
    }
}
