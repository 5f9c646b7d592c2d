package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.cell.Limits;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules have the same limits in Lua and in Java. */
class LimitsTest {
    private static final Pattern CONSTANT = Pattern.compile("(?m)^local ([A-Z_]+) = (\\d+)$");
    private static final String OF_REDIS_ALONE = "-- Of Redis alone.";

    private static Map<String, Long> constants(String lua) {
        Map<String, Long> constants = new TreeMap<>();
        Matcher matcher = CONSTANT.matcher(lua);
        while (matcher.find()) {
            constants.put(matcher.group(1), Long.valueOf(matcher.group(2)));
        }
        return constants;
    }

    @Test
    void theLimitsAreTheSameInBothLanguages() {
        String lua = Script.load("limits").text();
        assertThat(constants(lua.substring(0, lua.indexOf(OF_REDIS_ALONE))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "KEPT_AFTER_TTL_MILLIS", Limits.KEPT_AFTER_TTL_MILLIS,
                        "WATCHED_MILLIS", Limits.WATCHED_MILLIS,
                        "KEEP_INTERVAL_MILLIS", Limits.KEEP_INTERVAL_MILLIS,
                        "LOG_EVENTS", (long) Limits.LOG_EVENTS,
                        "LOG_BYTES", (long) Limits.LOG_BYTES,
                        "SESSIONS_PER_MEMBER", (long) Limits.SESSIONS_PER_MEMBER,
                        "TIMEOUTS_PER_CALL", (long) Limits.TIMEOUTS_PER_CALL));
    }

    @Test
    void b3_thePartsOfALogAreWithinItsBytes() {
        Map<String, Long> constants = constants(Script.load("cell").text());
        long parts = Objects.requireNonNull(constants.get("LOG_PARTS"));
        long bytes = Objects.requireNonNull(constants.get("LOG_PART_BYTES"));
        assertThat((parts + 1) * bytes).isLessThan(Limits.LOG_BYTES);
    }
}
