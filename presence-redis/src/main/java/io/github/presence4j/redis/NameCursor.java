package io.github.presence4j.redis;

import io.lettuce.core.Range;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a listing by {@code names.lua}: the script's cursor, and times that divide the members between the end of
 * this part and the script's next one. The ranges between the times need no script.
 *
 * @param script the script's cursor; empty at the beginning
 * @param times ascending; none if the script continues where it stopped
 */
record NameCursor(String script, List<Double> times) {
    private static final String AND = "/";

    /** The form that {@code names.lua} writes; times are as Redis writes scores. */
    private static final Pattern FORM = Pattern.compile(
            "(live|behind|left) \\d{1,17} \\d{1,17} [0-9a-f]{1,80}(/[0-9]{1,17}([.][0-9]{1,9})?(e[+][0-9]{1,2})?)*");

    static NameCursor parse(@Nullable String cursor) {
        if (cursor == null) {
            return new NameCursor("", List.of());
        }
        if (!FORM.matcher(cursor).matches()) {
            throw PageCursor.invalid(cursor);
        }
        String[] parts = cursor.split(AND);
        return new NameCursor(
                parts[0], Stream.of(parts).skip(1).map(Double::valueOf).toList());
    }

    /** Of what the script answered. */
    static @Nullable String text(@Nullable Object script, List<@Nullable Object> times) {
        return script == null
                ? null
                : String.join(
                        AND,
                        Stream.concat(Stream.of(script), times.stream())
                                .map(Objects::toString)
                                .toList());
    }

    /** Oldest first; each from one time to just before the next. */
    List<Range<Double>> ranges() {
        return IntStream.range(1, times.size())
                .mapToObj(i ->
                        Range.from(Range.Boundary.including(times.get(i - 1)), Range.Boundary.excluding(times.get(i))))
                .toList();
    }
}
