package io.github.presence4j.spi;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as a configuration writes them, such as {@code 500ms}. */
final class Durations {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final List<String> MAX_UNIT_FIRST = List.of("d", "h", "m", "s", "ms");

    private Durations() {}

    /** Throws an {@link IllegalArgumentException} if the text is no duration. */
    static Duration parse(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        try {
            return matcher.matches()
                    ? unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)))
                    : Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Returns the duration in the longest unit of which it is a whole number. */
    static String text(Duration duration) {
        for (String name : MAX_UNIT_FIRST) {
            Duration unit = unit(name);
            long units = duration.dividedBy(unit);
            if (units != 0 && duration.equals(unit.multipliedBy(units))) {
                return units + name;
            }
        }
        return duration.toString();
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "d" -> Duration.ofDays(1);
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            case "s" -> Duration.ofSeconds(1);
            default -> Duration.ofMillis(1);
        };
    }
}
