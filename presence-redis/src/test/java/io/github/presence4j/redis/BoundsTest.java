package io.github.presence4j.redis;

import static io.github.presence4j.redis.ScriptServer.TAG;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contents of a cell and the reply of one script are bounded in bytes and time, whatever happened to the cell (B2 to B4).
 */
class BoundsTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final String DATA = "=" + "x".repeat(4_000);
    private static final int LAPSED_MILLIS = -91_000;

    @RegisterExtension
    static final ScriptServer SCRIPTS = new ScriptServer();

    private static void watch() {
        SCRIPTS.change("changes", CellChanges.NONE, "500", "500");
    }

    private static long bytes(String part) {
        return SCRIPTS.redis().memoryUsage(TAG + part);
    }

    private static long length() {
        return SCRIPTS.redis().xlen(TAG + "log");
    }

    @Test
    void b3_aLogOfLargeEventsEndsAtAMebibyte() {
        watch();
        for (int i = 0; i < 800; i++) {
            SCRIPTS.change("touch", "rich", "ana", "3:tab" + DATA + i);
        }
        assertThat(bytes("log")).isBetween(MEBIBYTE / 2L, MEBIBYTE * 5L / 4);
        assertThat(length()).isBetween(150L, (long) MEBIBYTE / DATA.length());
    }

    @Test
    void b3_aLogOfSmallEventsEndsAtSoMany() {
        watch();
        for (int i = 0; i < 40; i++) {
            SCRIPTS.change(
                    "touch",
                    Stream.concat(Stream.of("plain"), LargeTopic.names(i + "m", 250).stream())
                            .toArray(String[]::new));
        }
        assertThat(length()).isBetween(3_900L, 4_096L);
    }

    /** Large events replace the small ones before them according to their size. */
    @Test
    void b3_aLogOfMixedEventsKeepsTheNewest() {
        watch();
        for (int i = 0; i < 10; i++) {
            SCRIPTS.change(
                    "touch",
                    Stream.concat(Stream.of("plain"), LargeTopic.names(i + "m", 250).stream())
                            .toArray(String[]::new));
        }
        CellChanges before = CellChanges.of(SCRIPTS.change("changes", CellChanges.NONE, "500", "500"));
        for (int i = 0; i < 100; i++) {
            SCRIPTS.change("touch", "rich", "ana", "3:tab" + DATA + i);
        }
        CellChanges after = CellChanges.of(SCRIPTS.change("changes", before.cursor(), "500", "500"));
        assertThat(after.gap()).as("they fit").isFalse();
        assertThat(after.entries()).hasSize(100);
        assertThat(bytes("log")).isLessThan(MEBIBYTE * 5L / 4);
    }

    @Test
    void b3_theLogIsFreedByQuickRenewalsWhenNobodyWatches() {
        SCRIPTS.change("touch", "plain", "ana");
        watch();
        SCRIPTS.change("touch", "plain", "bo");
        SCRIPTS.redis().hincrby(TAG + "meta", "watched", LAPSED_MILLIS);
        SCRIPTS.redis().hincrby(TAG + "meta", "tended", LAPSED_MILLIS);
        SCRIPTS.change("touch", "plain", "ana", "bo");
        assertThat(SCRIPTS.redis().exists(TAG + "log")).isZero();
        assertThat(SCRIPTS.redis().hexists(TAG + "meta", "watched")).isFalse();
    }

    @Test
    void b3_theLogIsFreedByAnyChangeWhenNobodyWatches() {
        List<Runnable> changes = List.of(
                () -> SCRIPTS.change("touch", "rich", "ana", "3:tab"),
                () -> SCRIPTS.change("leave", "nobody", ""),
                () -> SCRIPTS.change("reset"));
        for (Runnable change : changes) {
            watch();
            SCRIPTS.change("touch", "plain", "ana");
            SCRIPTS.redis().hincrby(TAG + "meta", "watched", LAPSED_MILLIS);
            change.run();
            assertThat(SCRIPTS.redis().exists(TAG + "log")).isZero();
        }
    }

    private static void leave(String prefix, int sessions) {
        SCRIPTS.change(
                "leave",
                LargeTopic.names(prefix, sessions).stream()
                        .flatMap(tab -> Stream.of("ana", tab))
                        .toArray(String[]::new));
    }

    private static void elapse(Duration duration) {
        SCRIPTS.run("age", ScriptServer.KEYS.all(), Long.toString(duration.toMillis()));
    }

    private static long departures() {
        return SCRIPTS.redis().zcount(TAG + "left", io.lettuce.core.Range.unbounded());
    }

    @Test
    void b4_plainRenewalsForgetWhoLeftATtlAgo() {
        SCRIPTS.change("touch", "plain", "ana");
        IntStream.range(0, 8).forEach(i -> leave(i + "tab", 250));
        assertThat(departures()).isEqualTo(2_000);
        elapse(Duration.ofSeconds(30));
        SCRIPTS.change("touch", "plain", "ana");
        elapse(Duration.ofSeconds(31));
        IntStream.range(0, 9).forEach(i -> SCRIPTS.change("touch", "plain", "ana"));
        assertThat(departures()).isZero();
        assertThat(SCRIPTS.redis().hexists(TAG + "meta", "tombstones_due")).isFalse();
    }

    @Test
    void b4_eachLeaveForgetsAsManyAsItAdds() {
        SCRIPTS.change("touch", "plain", "ana");
        IntStream.range(0, 8).forEach(i -> leave(i + "tab", 250));
        elapse(Duration.ofSeconds(61));
        IntStream.range(0, 8).forEach(i -> leave(i + "new", 250));
        assertThat(departures()).isEqualTo(2_000);
    }

    @Test
    void b2_oneAnswerOfSessionsEndsAtAMebibyte() {
        List<String> members = LargeTopic.names("m", 100);
        for (String member : members) {
            SCRIPTS.change(
                    "touch",
                    Stream.concat(
                                    Stream.of("rich"),
                                    IntStream.range(0, 10).boxed().flatMap(i -> Stream.of(member, "4:tab" + i + DATA)))
                            .toArray(String[]::new));
        }
        int answered = ReplyParser.list(SCRIPTS.read(
                                "live",
                                4,
                                Stream.concat(Stream.of(Integer.toString(MEBIBYTE)), members.stream())
                                        .toArray(String[]::new))
                        .get(1))
                .size();
        assertThat(answered).isBetween(20, 26);
        assertThat(ReplyParser.list(SCRIPTS.read("page", 5, "", "1000", Integer.toString(MEBIBYTE))
                        .get(2)))
                .hasSizeBetween(2 * 20, 2 * 26);
        assertThat(ReplyParser.list(SCRIPTS.read("page", 5, "", "1000", "10").get(2)))
                .as("one at least")
                .hasSize(2);
    }
}
