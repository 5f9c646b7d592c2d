package io.github.presence4j.spi;

import io.github.presence4j.PresenceConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The properties that an application has set for one backend, read by type. Immutable and thread-safe.
 *
 * <p>A key may be spelled in upper or lower case, with or without hyphens and underscores: {@code max-members}, {@code
 * maxMembers}, {@code maxmembers} and {@code MAX_MEMBERS} are the same key. So it may come from a file or from an environment
 * variable.
 *
 * <p>A method that reads a key returns an empty result if the application has not set it.
 */
public final class BackendProperties {
    private final String backend;
    private final Set<String> known;
    private final Map<String, String> values;

    private BackendProperties(String backend, Set<String> known, Map<String, String> values) {
        this.backend = backend;
        this.known = known;
        this.values = values;
    }

    /**
     * Selects the properties of one backend.
     *
     * @param provider the backend's provider, which declares the known keys
     * @param properties the properties of an application, for any backends: each key begins with a backend's name and a dot
     * @return the properties of this backend
     * @throws PresenceConfigurationException if a key of this backend is not known, or is set in two spellings; the message names
     *     the key, and no value
     */
    public static BackendProperties of(PresenceStoreProvider provider, Map<String, String> properties) {
        String backend = provider.name();
        Set<String> known = Set.copyOf(provider.propertyKeys());
        Map<String, String> keys = new HashMap<>();
        known.forEach(key -> keys.put(plain(backend + "." + key), key));
        Map<String, String> spellings = new HashMap<>();
        Map<String, String> values = new HashMap<>();
        new TreeMap<>(properties).forEach((spelling, value) -> {
            if (plain(spelling).startsWith(plain(backend + "."))) {
                String key = keys.get(plain(spelling));
                if (key == null) {
                    throw unknown(backend, spelling, known);
                }
                String other = spellings.put(key, spelling);
                if (other != null) {
                    throw new PresenceConfigurationException("Property " + backend + "." + key + " is set twice, as "
                            + other + " and as " + spelling + "; remove one");
                }
                values.put(key, value);
            }
        });
        return new BackendProperties(backend, known, Map.copyOf(values));
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static PresenceConfigurationException unknown(String backend, String spelling, Set<String> known) {
        List<String> keys =
                known.stream().sorted().map(key -> backend + "." + key).toList();
        return new PresenceConfigurationException("Unknown property " + spelling + "; the " + backend
                + " backend knows " + (keys.isEmpty() ? "none" : String.join(", ", keys)));
    }

    /**
     * Reads a text.
     *
     * @param key a declared key, spelled as it was declared
     * @return the value as it was set
     * @throws IllegalArgumentException if the provider has not declared the key
     */
    public Optional<String> string(String key) {
        return Optional.ofNullable(value(key));
    }

    /**
     * Reads {@code true} or {@code false}, in any case.
     *
     * @param key a declared key, spelled as it was declared
     * @return the value of the key
     * @throws PresenceConfigurationException if the value is something else
     * @throws IllegalArgumentException if the provider has not declared the key
     */
    public Optional<Boolean> bool(String key) {
        return parsed(key, "true or false", text -> switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /**
     * Reads a whole number.
     *
     * @param key a declared key, spelled as it was declared
     * @param min the lowest allowed value
     * @param max the highest allowed value
     * @return the value of the key
     * @throws PresenceConfigurationException if the value is no whole number within the bounds
     * @throws IllegalArgumentException if the provider has not declared the key
     */
    public OptionalInt integer(String key, int min, int max) {
        OptionalLong value = longInteger(key, min, max);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    /**
     * Reads a whole number of 64 bits.
     *
     * @param key a declared key, spelled as it was declared
     * @param min the lowest allowed value
     * @param max the highest allowed value; {@link Long#MAX_VALUE} for no bound
     * @return the value of the key
     * @throws PresenceConfigurationException if the value is no whole number within the bounds
     * @throws IllegalArgumentException if the provider has not declared the key
     */
    public OptionalLong longInteger(String key, long min, long max) {
        String expected = max == Long.MAX_VALUE ? "a number of at least " + min : "from " + min + " to " + max;
        return parsed(key, expected, text -> within(Long.valueOf(text.strip()), min, max))
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /**
     * Reads a duration: a whole number with the unit ms, s, m, h or d, such as {@code 500ms}, or the form of {@link
     * Duration#parse}, such as {@code PT0.5S}.
     *
     * @param key a declared key, spelled as it was declared
     * @param min the shortest allowed value
     * @param max the longest allowed value
     * @return the value of the key
     * @throws PresenceConfigurationException if the value is no duration within the bounds
     * @throws IllegalArgumentException if the provider has not declared the key
     */
    public Optional<Duration> duration(String key, Duration min, Duration max) {
        String expected = "a duration from " + Durations.text(min) + " to " + Durations.text(max);
        return parsed(key, expected, text -> within(Durations.parse(text.strip()), min, max));
    }

    private static <T extends Comparable<T>> T within(T value, T min, T max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(value.toString());
        }
        return value;
    }

    /**
     * Reads a value of any other type. The message for a wrong value shows the value.
     *
     * @param key a declared key, spelled as it was declared
     * @param expected what the value must be, such as {@code "a file"}; becomes part of the message for a wrong value
     * @param parser throws an {@link IllegalArgumentException} for a wrong value
     * @param <T> the type of the value
     * @return the parsed value
     * @throws PresenceConfigurationException if the value is wrong, as the parser says
     * @throws IllegalArgumentException if the provider has not declared the key
     */
    public <T> Optional<T> parsed(String key, String expected, Function<String, T> parser) {
        return read(key, parser, text -> expected + " but was " + text);
    }

    /**
     * Reads a value that may contain a secret, such as a URI with a password. The message for a wrong value does not show it.
     *
     * @param key a declared key, spelled as it was declared
     * @param expected what the value must be, such as {@code "a URI"}; becomes part of the message for a wrong value
     * @param parser throws an {@link IllegalArgumentException} for a wrong value
     * @param <T> the type of the value
     * @return the parsed value
     * @throws PresenceConfigurationException if the value is wrong, as the parser says
     * @throws IllegalArgumentException if the provider has not declared the key
     */
    public <T> Optional<T> secret(String key, String expected, Function<String, T> parser) {
        return read(key, parser, text -> expected);
    }

    private <T> Optional<T> read(String key, Function<String, T> parser, Function<String, String> expected) {
        String text = value(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            throw new PresenceConfigurationException(backend + "." + key + " must be " + expected.apply(text));
        }
    }

    private @Nullable String value(String key) {
        if (!known.contains(key)) {
            throw new IllegalArgumentException(
                    "The provider of backend '" + backend + "' does not declare the property '" + key + "'");
        }
        return values.get(key);
    }

    /** {@return the names of the properties that are set, without their values} */
    @Override
    public String toString() {
        return "BackendProperties[" + backend + ": "
                + String.join(", ", values.keySet().stream().sorted().toList()) + "]";
    }
}
