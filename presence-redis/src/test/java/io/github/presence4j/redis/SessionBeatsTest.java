package io.github.presence4j.redis;

import static io.github.presence4j.redis.ScriptServer.KEYS;
import static io.github.presence4j.redis.ScriptServer.TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Heartbeats of sessions by the fast path and the long one, which must agree. The TTL is a minute. */
class SessionBeatsTest {
    private static final List<@Nullable Object> RENEWED = List.of();
    private static final Pattern CALLS = Pattern.compile("cmdstat_(\\S+?):calls=(\\d+)");

    @RegisterExtension
    static final ScriptServer SCRIPTS = new ScriptServer();

    private static List<@Nullable Object> touch(String... touches) {
        return SCRIPTS.change(
                "touch", Stream.concat(Stream.of("rich"), Stream.of(touches)).toArray(String[]::new));
    }

    private static void elapse(int seconds) {
        SCRIPTS.run("age", KEYS.all(), Long.toString(Duration.ofSeconds(seconds).toMillis()));
    }

    private static List<@Nullable Object> sessionsOf(String member) {
        List<@Nullable Object> answer =
                ReplyParser.list(SCRIPTS.read("live", 4, "1048576", member).get(1));
        List<@Nullable Object> flat = answer.get(0) == null
                ? List.of()
                : ReplyParser.list(ReplyParser.list(answer.get(0)).get(1));
        return IntStream.range(0, flat.size())
                .filter(i -> i % 3 != 1)
                .<@Nullable Object>mapToObj(flat::get)
                .toList();
    }

    private static double lastSeen(String member) {
        return SCRIPTS.redis().zscore(TAG + "live", member);
    }

    /** Returns how often each command runs within a heartbeat. */
    private static Map<String, String> commandsOf(String... touches) {
        touch(touches);
        elapse(1);
        SCRIPTS.redis().configResetstat();
        assertThat(touch(touches)).isEqualTo(RENEWED);
        Map<String, String> calls = new TreeMap<>();
        CALLS.matcher(SCRIPTS.redis().info("commandstats"))
                .results()
                .forEach(match -> calls.put(match.group(1), match.group(2)));
        calls.keySet().removeAll(Set.of("evalsha", "config", "config|resetstat", "info"));
        return calls;
    }

    @Test
    void b6_aHeartbeatThatSaysNothingNewIsFewCommandsForItsBatch() {
        assertThat(commandsOf("ana", "", "bo", "")).isEqualTo(Map.of("time", "1", "hmget", "2", "zadd", "1"));
        assertThat(commandsOf("cy", "3:tab=busy", "dee", "3:tab"))
                .isEqualTo(Map.of("time", "1", "exists", "1", "hmget", "2", "zadd", "1"));
        assertThat(commandsOf("ella", "3:tab=x", "ella", "5:phone=y", "ella", ""))
                .isEqualTo(Map.of("time", "1", "exists", "1", "hmget", "3", "zadd", "2"));
    }

    @Test
    void s4_aTouchWithoutDataKeepsThemOnEitherPath() {
        touch("ana", "3:tab=busy");
        assertThat(touch("ana", "3:tab")).isEqualTo(RENEWED);
        assertThat(sessionsOf("ana")).containsExactly("tab", "busy");
        touch("ana", "5:phone");
        assertThat(touch("ana", "3:tab", "ana", "5:phone")).isEqualTo(RENEWED);
        assertThat(sessionsOf("ana")).containsExactly("tab", "busy", "phone", null);
    }

    @Test
    void s4_otherDataAreStoredOnEitherPath() {
        touch("ana", "3:tab=busy", "bo", "3:tab=busy", "bo", "5:phone");
        touch("ana", "3:tab=away", "bo", "3:tab=away", "bo", "5:phone=typing");
        assertThat(sessionsOf("ana")).containsExactly("tab", "away");
        assertThat(sessionsOf("bo")).containsExactly("tab", "away", "phone", "typing");
    }

    /** The fast path renews sessions before their member, so that a session which is gone renews nobody. */
    @Test
    void s5_aSessionThatLeftDoesNotRenewItsMember() {
        touch("ana", "1:a", "ana", "1:b", "ana", "1:c");
        SCRIPTS.change("leave", "ana", "c");
        double seen = lastSeen("ana");
        elapse(40);
        assertThat(touch("ana", "1:c")).containsExactly(List.of(), List.of(1L), List.of());
        assertThat(lastSeen("ana")).isEqualTo(seen - 40_000);
        assertThat(touch("bo", "1:a", "ana", "1:c", "ana", "1:a"))
                .containsExactly(List.of("bo"), List.of(2L), List.of());
        elapse(40);
        assertThat(sessionsOf("ana")).containsExactly("a", null);
    }

    @Test
    void s3_sessionsOfALiveMemberExpireOneByOne() {
        touch("ana", "1:a=x", "ana", "1:b=y", "ana", "1:c");
        elapse(40);
        touch("ana", "1:b");
        elapse(40);
        assertThat(sessionsOf("ana")).as("before any change").containsExactly("b", "y");
        assertThat(touch("ana", "1:b=y")).isEqualTo(RENEWED);
        assertThat(SCRIPTS.redis().hgetall(TAG + "sessions")).containsOnly(Map.entry("ana", "1:b=y"));
        assertThat(SCRIPTS.redis().exists(TAG + "times")).isZero();
        assertThat(SCRIPTS.redis().hexists(TAG + "meta", "several")).isFalse();
        elapse(61);
        assertThat(sessionsOf("ana")).isEmpty();
    }

    @Test
    void s2_theLastOfSeveralSessionsIsSeenWhenItWas() {
        touch("ana", "1:a=x", "ana", "");
        double seen = lastSeen("ana");
        elapse(10);
        touch("ana", "1:b");
        SCRIPTS.change("leave", "ana", "b");
        assertThat(lastSeen("ana")).isEqualTo(seen - 10_000);
        SCRIPTS.change("leave", "ana", "a");
        assertThat(SCRIPTS.redis().exists(TAG + "sessions", TAG + "times"))
                .as("a plain member again")
                .isZero();
        assertThat(lastSeen("ana")).isEqualTo(seen - 10_000);
        assertThat(SCRIPTS.change("leave", "ana", "")).containsExactly("ana");
    }

    /** What the fast path left for the long one is in order, and reported by its position. */
    @Test
    void o1_aBatchOfAllKindsKeepsItsOrder() {
        touch("ana", "3:tab=x", "bo", "3:tab", "bo", "5:phone", "cy", "");
        assertThat(touch(
                        "cy", "", "ana", "3:tab=y", "dee", "3:tab", "ana", "3:tab=z", "bo", "5:phone", "bo", "2:tv",
                        "cy", ""))
                .containsExactly(List.of("dee"), List.of(), List.of());
        assertThat(sessionsOf("ana")).containsExactly("tab", "z");
        assertThat(sessionsOf("bo")).containsExactly("tab", null, "phone", null, "tv", null);
        assertThat(SCRIPTS.change("touch", "plain", "ana", "cy", "ella"))
                .containsExactly(List.of("ella"), List.of(), List.of());
        assertThat(sessionsOf("ana")).containsExactly("tab", "z", "", null);
    }

    @Test
    void e7_anotherLayoutIsAnErrorThatSaysSo() {
        touch("ana", "3:tab");
        SCRIPTS.redis().hset(TAG + "meta", "layout", "3");
        for (Runnable call : List.<Runnable>of(
                () -> touch("bo", "3:tab"),
                () -> SCRIPTS.change("leave", "ana", ""),
                () -> SCRIPTS.read("count", 2),
                () -> SCRIPTS.read("live", 4, "1048576", "ana"))) {
            assertThatThrownBy(call::run)
                    .hasRootCauseInstanceOf(RedisCommandExecutionException.class)
                    .hasMessageContaining("layout 3")
                    .hasMessageContaining("needs layout 2");
        }
    }
}
