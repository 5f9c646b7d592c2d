package io.github.presence4j.redis;

import static io.github.presence4j.redis.ScriptServer.KEYS;
import static io.github.presence4j.redis.ScriptServer.TAG;
import static io.github.presence4j.redis.ScriptServer.TTL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each script by itself: what it answers, and that the keys hold what {@code docs/redis-layout.md} tells other languages. */
class ScriptsTest {
    private static final String BYTES = "1048576";

    @RegisterExtension
    static final ScriptServer SCRIPTS = new ScriptServer();

    @Test
    void touchOfPlainMembers() {
        assertThat(SCRIPTS.change("touch", "plain", "ana", "bo"))
                .containsExactly(List.of("ana", "bo"), List.of(), List.of());
        assertThat(SCRIPTS.change("touch", "plain", "bo", "cy")).containsExactly(List.of("cy"), List.of(), List.of());
        assertThat(SCRIPTS.change("touch", "plain", "bo", "cy"))
                .as("only renewals")
                .isEmpty();
        assertThat(SCRIPTS.redis().zscore(TAG + "live", "ana")).isCloseTo((double) SCRIPTS.millis(), within(5_000.0));
        assertThat(SCRIPTS.redis().zrange(TAG + "names", 0, -1)).containsExactly("", "ana", "bo", "cy");
        assertThat(SCRIPTS.redis().hget(TAG + "meta", "ttl")).isEqualTo(TTL);
        assertThat(SCRIPTS.redis().pttl(TAG + "live")).as("G1").isBetween(110_000L, 120_000L);
        assertThat(SCRIPTS.redis().exists(TAG + "sessions", TAG + "left", TAG + "log"))
                .isZero();
    }

    @Test
    void touchOfSessions() {
        assertThat(SCRIPTS.change("touch", "rich", "ana", "3:tab={\"page\":1}", "ana", ""))
                .containsExactly(List.of("ana"), List.of(), List.of());
        Double seen = SCRIPTS.redis().zscore(TAG + "live", "ana");
        assertThat(SCRIPTS.redis().hget(TAG + "sessions", "ana")).isEqualTo("*2;3:tab0:");
        assertThat(SCRIPTS.redis().hlen(TAG + "sessions"))
                .as("one field of data")
                .isEqualTo(2);
        assertThat(SCRIPTS.redis().zrangeWithScores(TAG + "times", 0, -1))
                .extracting(ScoredValue::getScore)
                .containsExactly(seen, seen);
    }

    @Test
    void leaveEndsASessionAndRemembersIt() {
        SCRIPTS.change("touch", "rich", "ana", "3:tab", "ana", "5:phone");
        assertThat(SCRIPTS.change("leave", "ana", "tab")).isEmpty();
        assertThat(SCRIPTS.change("leave", "ana", "phone")).containsExactly("ana");
        assertThat(SCRIPTS.redis().zrange(TAG + "left", 0, -1)).containsExactlyInAnyOrder("3:anatab", "3:anaphone");
        isEmpty();
        assertThat(SCRIPTS.change("touch", "rich", "bo", "3:tab", "ana", "3:tab"))
                .as("S5: the second touch is ignored")
                .containsExactly(List.of("bo"), List.of(2L), List.of());
    }

    /** The cell has no members, only the keys that a cell always has. */
    private static void isEmpty() {
        assertThat(SCRIPTS.redis().zrange(TAG + "live", 0, -1)).containsExactly("");
        assertThat(SCRIPTS.redis().zrange(TAG + "names", 0, -1)).containsExactly("");
        assertThat(SCRIPTS.redis().exists(TAG + "sessions")).isZero();
    }

    @Test
    void amongTellsWhenEachWasSeenAndSinceWhenThatIsLive() {
        SCRIPTS.change("touch", "rich", "ana", "", "bo", "3:tab=x");
        SCRIPTS.redis().zadd(TAG + "live", SCRIPTS.millis() - 60_001.0, "bo");
        List<@Nullable Object> reply = SCRIPTS.read("among", 2, "nobody", "ana", "bo");
        String seen = Long.toString(SCRIPTS.redis().zscore(TAG + "live", "ana").longValue());
        String lapsed = Long.toString(SCRIPTS.redis().zscore(TAG + "live", "bo").longValue());
        assertThat(ReplyParser.list(reply.get(2))).containsExactly(null, seen, lapsed);
        assertThat(ReplyParser.number(reply.get(1))).isBetween(Long.parseLong(lapsed) + 1, Long.parseLong(seen));
    }

    @Test
    void liveAnswersForEachThatIsAsked() {
        SCRIPTS.change("touch", "rich", "ana", "", "bo", "3:tab=x");
        List<@Nullable Object> answers = ReplyParser.list(
                SCRIPTS.read("live", 4, BYTES, "nobody", "ana", "bo").get(1));
        String seen = Long.toString(SCRIPTS.redis().zscore(TAG + "live", "ana").longValue());
        assertThat(answers).containsExactly(null, seen, List.of(seen, List.of("tab", seen, "x")));
    }

    @Test
    void countLeavesOutWhoHasLapsed() {
        SCRIPTS.change("touch", "plain", "ana", "bo");
        SCRIPTS.redis().zadd(TAG + "live", SCRIPTS.millis() - 60_001.0, "bo");
        assertThat(SCRIPTS.read("count", 2)).containsExactly(0L, 1L);
        assertThat(SCRIPTS.redis().zcard(TAG + "live"))
                .as("R1: a read takes nobody out")
                .isEqualTo(1 + 2);
    }

    @Test
    void pageGoesOnAfterAName() {
        SCRIPTS.change("touch", "plain", "ana", "bo", "cy");
        List<@Nullable Object> first = SCRIPTS.read("page", 5, "", "2", BYTES);
        assertThat(first.get(1)).isEqualTo("bo");
        assertThat(namesOf(first)).containsExactly("ana", "bo");
        List<@Nullable Object> second = SCRIPTS.read("page", 5, "bo", "2", BYTES);
        assertThat(second.get(1)).isNull();
        assertThat(namesOf(second)).containsExactly("cy");
    }

    private static List<@Nullable Object> namesOf(List<@Nullable Object> page) {
        List<@Nullable Object> flat = ReplyParser.list(page.get(2));
        List<@Nullable Object> names = new ArrayList<>();
        for (int i = 0; i < flat.size(); i += 2) {
            names.add(flat.get(i));
        }
        return names;
    }

    @Test
    void changesTellsWhatCameAfterACursor() {
        SCRIPTS.change("touch", "plain", "ana");
        CellChanges begun = CellChanges.of(SCRIPTS.change("changes", CellChanges.NONE, "10", "10"));
        assertThat(begun.gap()).isTrue();
        SCRIPTS.change("touch", "plain", "bo");
        SCRIPTS.change("leave", "ana", "");
        CellChanges next = CellChanges.of(SCRIPTS.change("changes", begun.cursor(), "10", "10"));
        assertThat(next.gap()).isFalse();
        assertThat(next.entries())
                .extracting(entry -> entry.fields().get("k") + entry.fields().get("m"))
                .containsExactly("jbo", "lana");
        assertThat(SCRIPTS.redis().xrange(TAG + "log", Range.unbounded()))
                .extracting(message -> message.getBody().get("k"))
                .containsExactly("b", "j", "l");
        assertThat(SCRIPTS.redis().hget(TAG + "meta", "last")).isEqualTo(next.cursor());
    }

    @Test
    void changesRecordsTimeoutsUpToItsLimit() {
        SCRIPTS.change("touch", "plain", "ana", "bo", "cy");
        CellChanges begun = CellChanges.of(SCRIPTS.change("changes", CellChanges.NONE, "10", "10"));
        List.of("ana", "bo", "cy").forEach(name -> SCRIPTS.redis().zadd(TAG + "live", 1, name));
        CellChanges two = CellChanges.of(SCRIPTS.change("changes", begun.cursor(), "10", "2"));
        assertThat(two.entries()).hasSize(2);
        assertThat(two.untilNext()).isZero();
        assertThat(CellChanges.of(SCRIPTS.change("changes", two.cursor(), "10", "2"))
                        .entries())
                .hasSize(1);
    }

    @Test
    void resetBeginsAnEpoch() {
        SCRIPTS.change("touch", "rich", "ana", "3:tab=x");
        SCRIPTS.change("changes", CellChanges.NONE, "10", "10");
        String epoch = SCRIPTS.redis().hget(TAG + "meta", "epoch");
        SCRIPTS.change("reset");
        isEmpty();
        assertThat(SCRIPTS.redis().hget(TAG + "meta", "epoch")).isNotEqualTo(epoch);
        assertThat(SCRIPTS.redis()
                        .xrevrange(TAG + "log", Range.unbounded())
                        .get(0)
                        .getBody())
                .containsEntry("k", "r");
    }

    @Test
    void theHomeOfAShardedTopicKeepsTheTtlAndTheGeneration() {
        String[] metadata = {"presence:{room#0/4}:metadata"};
        assertThat(SCRIPTS.run("metadata_keep", metadata, TTL, "0")).containsExactly(null, null, null);
        assertThat(SCRIPTS.redis().exists(metadata[0]))
                .as("nothing is recorded unasked")
                .isZero();
        SCRIPTS.run("metadata_keep", metadata, TTL, "1");
        SCRIPTS.run("metadata_reset", metadata, TTL, "second", KEYS.channel());
        assertThat(SCRIPTS.run("metadata_keep", metadata, "1000", "0").subList(0, 2))
                .containsExactly("second", TTL);
        assertThat(SCRIPTS.redis().hget(metadata[0], "reset")).matches("\\d{16}");
        SCRIPTS.run("metadata_keep", metadata, "1000", "1");
        SCRIPTS.run("metadata_reset", metadata, "1000", "third", KEYS.channel());
        assertThat(SCRIPTS.redis().pttl(metadata[0]))
                .as("G3: not less by a shorter TTL")
                .isBetween(110_000L, 120_000L);
    }
}
