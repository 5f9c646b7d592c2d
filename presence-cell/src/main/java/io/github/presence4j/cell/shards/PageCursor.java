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

    /** Some shards told where they go on, null for nowhere; the cursor of the whole is null if there is no more. */
    @Nullable
    String moved(List<Integer> shards, List<@Nullable String> next) {
        List<String> moved = new ArrayList<>(parts);
        for (int i = 0; i < shards.size(); i++) {
            String after = next.get(i);
            moved.set(shards.get(i), after == null ? DONE : "=" + URLEncoder.encode(after, StandardCharsets.UTF_8));
        }
        return moved.stream().allMatch(DONE::equals) ? null : String.join(AND, moved);
    }
}
