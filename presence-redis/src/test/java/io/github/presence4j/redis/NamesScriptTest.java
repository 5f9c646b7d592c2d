package io.github.presence4j.redis;

import static io.github.presence4j.redis.ScriptServer.BY_TTL;
import static io.github.presence4j.redis.ScriptServer.KEYS;
import static io.github.presence4j.redis.ScriptServer.TAG;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code names.lua} by itself: how it divides those who are live, and how it ends. */
class NamesScriptTest {
    private static final String[] SEVEN = {"plain", "ana", "bo", "cy", "di", "ed", "fay", "gus"};

    @RegisterExtension
    static final ScriptServer SCRIPTS = new ScriptServer();

    @Test
    void aFewAreNamedAtOnce() {
        SCRIPTS.change("touch", SEVEN);
        Part only = names("", 7);
        assertThat(only.names()).containsExactly("ana", "bo", "cy", "di", "ed", "fay", "gus");
        assertThat(only.again()).as("nobody can have been named before").isFalse();
        assertThat(only.next()).isNull();
    }

    @Test
    void manyAreDividedByTimeAndTheRestIsNamedBehindThem() {
        long begin = sevenSeenOneAfterAnother();
        Part first = names("", 2);
        assertThat(first.names()).isEmpty();
        assertThat(first.times()).hasSize(3).endsWith(begin + 2, begin + 4);
        Part behind = names(first.next(), 3);
        assertThat(behind.again())
                .as("nobody was seen or left since the beginning")
                .isFalse();
        assertThat(behind.names()).as("only the ranges before are told of").isEmpty();
        Part last = names(behind.next(), 3);
        assertThat(last.names()).containsExactly("ed", "fay", "gus");
        assertThat(last.again()).isFalse();
        assertThat(last.next()).isNull();
    }

    @Test
    void behindTheRangesThereMayBeMoreOfThem() {
        long begin = sevenSeenOneAfterAnother();
        Part first = names("", 2);
        Part second = names(first.next(), 2);
        assertThat(second.times()).containsExactly(begin + 4, begin + 6);
        Part third = names(second.next(), 2);
        assertThat(third.times()).isEmpty();
        assertThat(names(third.next(), 2).names()).containsExactly("gus");
    }

    @Test
    void aRangeOfOneMomentIsAsLargeAsItIs() {
        long now = SCRIPTS.millis();
        List.of("ana", "bo", "cy").forEach(member -> seen(member, now - 300));
        seen("di", now - 100);
        Part moment = names(names("", 1).next(), 1);
        assertThat(moment.times()).containsExactly(now - 300, now - 100);
        assertThat(names(names(moment.next(), 1).next(), 1).names()).containsExactly("di");
        SCRIPTS.redis().zrem(TAG + "live", "di");
        Part undivided = names(names("", 1).next(), 1);
        assertThat(undivided.times()).isEmpty();
        assertThat(names(undivided.next(), 1).names()).containsExactly("ana", "bo", "cy");
    }

    @Test
    void whoWasSeenMeanwhileMayBeRepeated() {
        sevenSeenOneAfterAnother();
        Part first = names("", 2);
        SCRIPTS.change("touch", "plain", "ana");
        Part behind = names(first.next(), 9);
        assertThat(behind.again()).as("they were seen before it began").isFalse();
        Part last = names(behind.next(), 9);
        assertThat(last.names()).containsExactly("ed", "fay", "gus", "ana");
        assertThat(last.again()).isTrue();
    }

    @Test
    void whoseSessionLeftAndSoMovedBackIsNamedAtTheEnd() {
        sevenSeenOneAfterAnother();
        Part first = names("", 2);
        SCRIPTS.change("leave", "gus", "tab");
        seen("gus", SCRIPTS.millis() - 2_000);
        Part behind = names(first.next(), 2);
        assertThat(behind.again()).as("somebody was moved").isTrue();
        Part last = names(behind.next(), 2);
        assertThat(last.names()).containsExactly("ed", "fay", "gus");
        assertThat(last.again()).isTrue();
        assertThat(names(Objects.requireNonNull(last.next()), 2).names()).containsExactly("gus");
    }

    @Test
    void onAServerThatTookOverItBeginsAnew() {
        SCRIPTS.change("touch", "plain", "ana", "bo");
        for (String where : List.of("live ", "left ")) {
            Part anew = names(where + (SCRIPTS.millis() + 9) + " 0 " + "0".repeat(40), 5);
            assertThat(anew.names()).containsExactly("ana", "bo");
            assertThat(anew.again()).as("they were named before").isTrue();
        }
        Part behind = names("behind " + (SCRIPTS.millis() + 9) + " 0 " + "0".repeat(40), 5);
        assertThat(behind.names()).isEmpty();
        assertThat(behind.again()).isTrue();
        assertThat(names(behind.next(), 5).names()).containsExactly("ana", "bo");
    }

    @Test
    void afterAResetItBeginsAnew() {
        sevenSeenOneAfterAnother();
        Part before = names("", 2);
        SCRIPTS.change("reset");
        SCRIPTS.change("touch", "plain", "ana", "di");
        Part after = names(before.next(), 5);
        assertThat(after.again()).isTrue();
        Part last = names(after.next(), 5);
        assertThat(last.names()).containsExactly("ana", "di");
        assertThat(last.again()).isTrue();
    }

    /** When ana was. */
    private static long sevenSeenOneAfterAnother() {
        SCRIPTS.change("touch", SEVEN);
        long begin = SCRIPTS.millis() - 1_000;
        for (int i = 1; i < SEVEN.length; i++) {
            SCRIPTS.redis().zadd(TAG + "live", (double) begin + i - 1, SEVEN[i]);
        }
        return begin;
    }

    private static void seen(String member, long when) {
        SCRIPTS.change("touch", "plain", member);
        SCRIPTS.redis().zadd(TAG + "live", (double) when, member);
    }

    /** In two ranges of two at a time. */
    private static Part names(@Nullable String cursor, int atTheEnd) {
        List<@Nullable Object> reply = SCRIPTS.run(
                "names",
                KEYS.forNames(),
                BY_TTL,
                Objects.requireNonNull(cursor, "the end was reached"),
                "2",
                "2",
                Integer.toString(atTheEnd));
        return new Part(
                ReplyParser.names(ReplyParser.list(reply.get(2))),
                ReplyParser.names(ReplyParser.list(reply.get(3))).stream()
                        .map(Long::valueOf)
                        .toList(),
                ReplyParser.number(reply.get(4)) == 1,
                (String) reply.get(1));
    }

    private record Part(
            List<String> names,
            List<Long> times,
            boolean again,
            @Nullable String next) {}
}
