package io.github.presence4j;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks texts and TTLs before any I/O (rules E1 and T4). A message names the argument, the limit and the value. */
final class ArgumentChecks {
    static final int NAME_BYTES = 512;
    static final int DATA_BYTES = 4096;
    private static final Duration TTL_MIN = Duration.ofMillis(1);
    private static final Duration TTL_MAX = Duration.ofDays(365);

    private ArgumentChecks() {}

    static String name(String argument, String value) {
        Objects.requireNonNull(value, argument);
        if (value.isEmpty()) {
            throw new IllegalArgumentException(argument + " must not be empty");
        }
        text(argument, value, NAME_BYTES);
        return value;
    }

    static Touch touch(Touch touch) {
        Objects.requireNonNull(touch, "touch");
        name("member", touch.member());
        if (touch.session() != null) {
            name("session", touch.session());
        }
        data(touch.data());
        return touch;
    }

    /** Checks each element of a collection and returns a copy. Exceptions name the argument of the element check. */
    static <T> List<T> each(String argument, Collection<T> values, Consumer<? super T> check) {
        Objects.requireNonNull(values, argument);
        List<T> copy = new ArrayList<>(values.size());
        for (T value : values) {
            check.accept(value);
            copy.add(value);
        }
        return Collections.unmodifiableList(copy);
    }

    private static void data(@Nullable String data) {
        if (data != null) {
            text("data", data, DATA_BYTES);
        }
    }

    static Duration ttl(String argument, Duration value) {
        between(argument, value, TTL_MIN, TTL_MAX);
        if (!value.equals(value.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException(argument + " must be whole milliseconds but was " + value);
        }
        return value;
    }

    static Duration between(String argument, Duration value, Duration min, Duration max) {
        Objects.requireNonNull(value, argument);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(argument + " must be from " + min + " to " + max + " but was " + value);
        }
        return value;
    }

    /** Counts the bytes of UTF-8 without making them; ASCII, the common case, costs one comparison per character. */
    private static void text(String argument, String value, int maxBytes) {
        int length = value.length();
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                continue;
            }
            bytes += c < 0x800 ? 1 : 2;
            if (Character.isSurrogate(c)) {
                requirePair(argument, value, i);
                i++;
            }
        }
        if (bytes > maxBytes) {
            throw new IllegalArgumentException(
                    argument + " must not exceed " + maxBytes + " bytes of UTF-8 but has " + bytes);
        }
    }

    /** A pair is two chars and four bytes: the two that its chars count already, and two more for the first. */
    private static void requirePair(String argument, String value, int i) {
        if (!Character.isHighSurrogate(value.charAt(i))
                || i + 1 == value.length()
                || !Character.isLowSurrogate(value.charAt(i + 1))) {
            throw new IllegalArgumentException(argument + " has an unpaired surrogate at index " + i);
        }
    }
}
