package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.TopicId;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each script by itself: what it answers, and that the keys hold what {@code docs/redis-layout.md} tells other languages. */
class ScriptsTest {
    private static final String TTL = "60000";
    private static final String BY_TTL = "-1";
    private static final CellKeys KEYS = CellKeys.of(new TopicId("presence", "room"));
    private static final String TAG = "presence:{room#0}:";

    private static RedisProcess server;
    private static RedisClient client;
    private static StatefulRedisConnection<String, String> connection;
    private static RedisCommands<String, String> redis;

    @BeforeAll
    static void start() {
        server = RedisProcess.start(RedisBinary.find());
        client = RedisClient.create(server.uri());
        connection = client.connect();
        redis = connection.sync();
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        server.close();
    }

    @BeforeEach
    void empty() {
        redis.flushall();
    }

    private static List<@Nullable Object> run(String script, String[] keys, String... args) {
        return Script.load(script)
                .<List<@Nullable Object>>run(connection.async(), keys, args)
                .toCompletableFuture()
                .join();
    }

    private static List<@Nullable Object> change(String script, String... args) {
        return run(
                script,
                KEYS.all(),
                Stream.concat(Stream.of(TTL, KEYS.channel()), Arrays.stream(args))
                        .toArray(String[]::new));
    }

    private static List<@Nullable Object> read(String script, int keys, String... args) {
        return run(
                script,
                KEYS.forReading(keys),
                Stream.concat(Stream.of(BY_TTL), Arrays.stream(args)).toArray(String[]::new));
    }

    private static long serverMillis() {
        return Long.parseLong(redis.time().get(0)) * 1000
                + Long.parseLong(redis.time().get(1)) / 1000;
    }

    @Test
    void touchOfPlainMembers() {
        assertThat(change("touch", "plain", "ana", "bo")).containsExactly("ana", "bo");
        assertThat(change("touch", "plain", "bo", "cy")).containsExactly("cy");
        assertThat(redis.zscore(TAG + "live", "ana")).isCloseTo((double) serverMillis(), within(5_000.0));
        assertThat(redis.zrange(TAG + "names", 0, -1)).containsExactly("ana", "bo", "cy");
        assertThat(redis.hget(TAG + "meta", "ttl")).isEqualTo(TTL);
        assertThat(redis.pttl(TAG + "live")).as("G1").isBetween(110_000L, 120_000L);
        assertThat(redis.exists(TAG + "sessions", TAG + "left", TAG + "log")).isZero();
    }

    @Test
    void touchOfSessions() {
        assertThat(change("touch", "rich", "ana", "tab", "={\"page\":1}", "ana", "", ""))
                .containsExactly("ana");
        String seen = Long.toString(redis.zscore(TAG + "live", "ana").longValue());
        assertThat(redis.hget(TAG + "sessions", "ana"))
                .isEqualTo("[[\"tab\"," + seen + ",\"{\\\"page\\\":1}\"],[\"\"," + seen + "]]");
    }

    @Test
    void leaveEndsASessionAndRemembersIt() {
        change("touch", "rich", "ana", "tab", "", "ana", "phone", "");
        assertThat(change("leave", "ana", "tab")).isEmpty();
        assertThat(change("leave", "ana", "phone")).containsExactly("ana");
        assertThat(redis.zrange(TAG + "left", 0, -1)).containsExactlyInAnyOrder("3:anatab", "3:anaphone");
        assertThat(redis.exists(TAG + "live", TAG + "names", TAG + "sessions")).isZero();
        assertThat(change("touch", "rich", "ana", "tab", "")).as("S5").isEmpty();
    }

    @Test
    void amongTellsWhenEachWasSeenAndSinceWhenThatIsLive() {
        change("touch", "rich", "ana", "", "", "bo", "tab", "=x");
        redis.zadd(TAG + "live", serverMillis() - 60_001.0, "bo");
        List<@Nullable Object> reply = read("among", 2, "nobody", "ana", "bo");
        String seen = Long.toString(redis.zscore(TAG + "live", "ana").longValue());
        String lapsed = Long.toString(redis.zscore(TAG + "live", "bo").longValue());
        assertThat(Replies.list(reply.get(2))).containsExactly(null, seen, lapsed);
        assertThat(Replies.number(reply.get(1))).isBetween(Long.parseLong(lapsed) + 1, Long.parseLong(seen));
    }

    @Test
    void liveAnswersForEachThatIsAsked() {
        change("touch", "rich", "ana", "", "", "bo", "tab", "=x");
        List<@Nullable Object> answers =
                Replies.list(read("live", 3, "nobody", "ana", "bo").get(1));
        String seen = Long.toString(redis.zscore(TAG + "live", "ana").longValue());
        assertThat(answers).containsExactly(null, seen, List.of(seen, List.of("tab", seen, "x")));
    }

    @Test
    void countLeavesOutWhoHasLapsed() {
        change("touch", "plain", "ana", "bo");
        redis.zadd(TAG + "live", serverMillis() - 60_001.0, "bo");
        assertThat(read("count", 2)).containsExactly(0L, 1L);
        assertThat(redis.zcard(TAG + "live")).as("R1: a read takes nobody out").isEqualTo(2);
    }

    @Test
    void pageGoesOnAfterAName() {
        change("touch", "plain", "ana", "bo", "cy");
        List<@Nullable Object> first = read("page", 4, "", "2");
        assertThat(first.get(1)).isEqualTo("bo");
        assertThat(namesOf(first)).containsExactly("ana", "bo");
        List<@Nullable Object> second = read("page", 4, "bo", "2");
        assertThat(second.get(1)).isNull();
        assertThat(namesOf(second)).containsExactly("cy");
    }

    @Test
    void namesGoOnAfterATimeAndEndWithThoseWhoWereMovedBack() {
        change("touch", "plain", "ana", "bo", "cy", "di");
        long now = serverMillis();
        redis.zadd(TAG + "live", now - 400.0, "ana");
        redis.zadd(TAG + "live", now - 300.0, "bo");
        redis.zadd(TAG + "live", now - 200.0, "cy");
        redis.zadd(TAG + "live", now - 100.0, "di");
        List<@Nullable Object> first = names("", "2");
        assertThat(first.get(2)).isEqualTo(List.of("ana"));
        assertThat(first.get(4)).as("nobody can have been named before").isEqualTo(0L);
        List<@Nullable Object> second = names((String) first.get(1), "2");
        assertThat(second.get(2)).isEqualTo(List.of("bo"));
        assertThat(second.get(4)).as("nobody was seen since the beginning").isEqualTo(0L);
        change("leave", "di", "tab");
        redis.zadd(TAG + "live", now - 500.0, "di");
        List<@Nullable Object> third = names((String) second.get(1), "2");
        assertThat(third.get(2)).isEqualTo(List.of("cy", "di"));
        assertThat(third.get(4)).as("somebody was moved").isEqualTo(1L);
        List<@Nullable Object> fourth = names((String) third.get(1), "2");
        assertThat(fourth.get(2)).isEqualTo(List.of("di"));
        assertThat(fourth.get(1)).isNull();
    }

    @Test
    void namesLeaveOutSomeRangesAndTellTheTimesBetween() {
        List<String> members = List.of("ana", "bo", "cy", "di", "ed", "fay", "gus");
        change("touch", "plain", "ana", "bo", "cy", "di", "ed", "fay", "gus");
        long begin = serverMillis() - 1_000;
        members.forEach(member -> redis.zadd(TAG + "live", (double) (begin + members.indexOf(member)), member));
        List<@Nullable Object> first = run("names", KEYS.forNames(), BY_TTL, "", "2", "2", "2");
        assertThat(first.get(2)).isEqualTo(List.of("ana"));
        assertThat(first.get(3))
                .isEqualTo(Stream.of(1, 3, 5).map(i -> Long.toString(begin + i)).toList());
        List<@Nullable Object> behind = names((String) first.get(1), "9");
        assertThat(behind.get(2)).isEqualTo(List.of("fay", "gus"));
    }

    @Test
    void namesOfOneMomentAreOnePartOfWhateverSize() {
        change("touch", "plain", "ana", "bo", "cy", "di");
        List<@Nullable Object> first = names("", "2");
        assertThat(first.get(2)).isEqualTo(List.of());
        List<@Nullable Object> second = names((String) first.get(1), "2");
        assertThat(second.get(2)).isEqualTo(List.of("ana", "bo", "cy", "di"));
    }

    @Test
    void namesBeginAnewOnAServerThatTookOver() {
        change("touch", "plain", "ana", "bo");
        String foreign = "live " + (serverMillis() + 9) + " 0 " + "0".repeat(40);
        assertThat(names(foreign, "5").get(2)).isEqualTo(List.of("ana", "bo"));
        assertThat(names(foreign, "5").get(4)).as("they were named before").isEqualTo(1L);
    }

    @Test
    void namesBeginAnewAfterAReset() {
        change("touch", "plain", "ana", "bo", "cy");
        String before = (String) names("", "2").get(1);
        change("reset");
        change("touch", "plain", "ana", "di");
        List<@Nullable Object> after = names(before, "5");
        assertThat(after.get(2)).isEqualTo(List.of("ana", "di"));
        assertThat(after.get(4)).isEqualTo(1L);
    }

    @Test
    void namesOfWhoWasSeenMeanwhileMayBeRepeated() {
        change("touch", "plain", "ana", "bo", "cy");
        long now = serverMillis();
        redis.zadd(TAG + "live", now - 400.0, "ana");
        redis.zadd(TAG + "live", now - 300.0, "bo");
        List<@Nullable Object> first = names("", "2");
        assertThat(first.get(2)).isEqualTo(List.of("ana"));
        change("touch", "plain", "ana");
        List<@Nullable Object> second = names((String) first.get(1), "9");
        assertThat(second.get(2)).asInstanceOf(InstanceOfAssertFactories.LIST).contains("ana", "bo", "cy");
        assertThat(second.get(4)).isEqualTo(1L);
    }

    private static List<@Nullable Object> names(@Nullable String... args) {
        return run("names", KEYS.forNames(), BY_TTL, args[0], args[1], "0", args[1]);
    }

    private static List<@Nullable Object> namesOf(List<@Nullable Object> page) {
        List<@Nullable Object> flat = Replies.list(page.get(2));
        List<@Nullable Object> names = new ArrayList<>();
        for (int i = 0; i < flat.size(); i += 2) {
            names.add(flat.get(i));
        }
        return names;
    }

    @Test
    void changesTellsWhatCameAfterACursor() {
        change("touch", "plain", "ana");
        CellChanges begun = CellChanges.of(change("changes", CellChanges.NONE, "10", "10"));
        assertThat(begun.gap()).isTrue();
        change("touch", "plain", "bo");
        change("leave", "ana", "");
        CellChanges next = CellChanges.of(change("changes", begun.cursor(), "10", "10"));
        assertThat(next.gap()).isFalse();
        assertThat(next.entries())
                .extracting(entry -> entry.fields().get("k") + entry.fields().get("m"))
                .containsExactly("jbo", "lana");
        assertThat(redis.xrange(TAG + "log", Range.unbounded()))
                .extracting(message -> message.getBody().get("k"))
                .containsExactly("b", "j", "l");
        assertThat(redis.hget(TAG + "meta", "last")).isEqualTo(next.cursor());
    }

    @Test
    void changesRecordsTimeoutsUpToItsLimit() {
        change("touch", "plain", "ana", "bo", "cy");
        CellChanges begun = CellChanges.of(change("changes", CellChanges.NONE, "10", "10"));
        List.of("ana", "bo", "cy").forEach(name -> redis.zadd(TAG + "live", 1, name));
        CellChanges two = CellChanges.of(change("changes", begun.cursor(), "10", "2"));
        assertThat(two.entries()).hasSize(2);
        assertThat(two.untilNext()).isZero();
        assertThat(CellChanges.of(change("changes", two.cursor(), "10", "2")).entries())
                .hasSize(1);
    }

    @Test
    void resetBeginsAnEpoch() {
        change("touch", "rich", "ana", "tab", "=x");
        change("changes", CellChanges.NONE, "10", "10");
        String epoch = redis.hget(TAG + "meta", "epoch");
        change("reset");
        assertThat(redis.exists(TAG + "live", TAG + "names", TAG + "sessions")).isZero();
        assertThat(redis.hget(TAG + "meta", "epoch")).isNotEqualTo(epoch);
        assertThat(redis.xrevrange(TAG + "log", Range.unbounded()).get(0).getBody())
                .containsEntry("k", "r");
    }

    @Test
    void theHomeOfAShardedTopicKeepsTheTtlAndTheGeneration() {
        String[] home = {"presence:{room#0/4}:home"};
        assertThat(run("home_keep", home, TTL, "0")).containsExactly(null, null, null);
        assertThat(redis.exists(home[0])).as("nothing is recorded unasked").isZero();
        run("home_keep", home, TTL, "1");
        run("home_reset", home, TTL, "second", KEYS.channel());
        assertThat(run("home_keep", home, "1000", "0").subList(0, 2)).containsExactly("second", TTL);
        assertThat(redis.hget(home[0], "reset")).matches("\\d{16}");
        run("home_keep", home, "1000", "1");
        run("home_reset", home, "1000", "third", KEYS.channel());
        assertThat(redis.pttl(home[0])).as("G3: not less by a shorter TTL").isBetween(110_000L, 120_000L);
    }
}
