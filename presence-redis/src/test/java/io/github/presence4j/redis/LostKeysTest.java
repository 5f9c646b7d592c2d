package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.Eventually;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of a topic that are evicted one by one. From the next call on, all queries agree again (W5). */
class LostKeysTest {
    private static final String CELL = "presence:{room#0}:";
    private static final int SHARDS = 3;
    private static final List<String> MANY = LargeTopic.names("m", 100);

    private final RedisProcess server = RedisProcess.start(RedisBinary.find());
    private final RedisStore store = RedisStore.builder().uri(server.uri()).build();
    private final Presence presence = Presence.using(store, PresenceConfig.defaults());
    private final PresenceTopic room = presence.topic("room");

    @AfterEach
    void close() {
        presence.close();
        store.close();
        server.close();
    }

    private void lose(String parts) {
        List<String> keys = List.of(parts.split(" "));
        Stream<String> unlink = Stream.concat(Stream.of("UNLINK"), keys.stream().map(part -> CELL + part));
        assertThat(server.command(unlink.toArray(String[]::new))).isEqualTo(Integer.toString(keys.size()));
    }

    private void isExactly(Set<String> members) {
        assertThat(room.list()).containsExactlyInAnyOrderElementsOf(members);
        assertThat(room.count()).isEqualTo(members.size());
        assertThat(room.page(null, 1_000).members())
                .extracting(Member::id)
                .containsExactlyInAnyOrderElementsOf(members);
        List<String> all = Stream.concat(MANY.stream(), Stream.of("ana", "bo")).toList();
        assertThat(room.liveAmong(all)).isEqualTo(members);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "live",
                "names",
                "sessions",
                "meta",
                "live names",
                "live names sessions",
                "live meta",
                "log live",
                "times",
                "times sessions"
            })
    void w5_whoIsTouchedAfterwardsIsThereAndNobodyElse(String parts) {
        room.touchAll(MANY);
        room.touch("ana", "tab", "data");
        room.touch("ana", "phone");
        try (ViewOfTopic view = new ViewOfTopic(room)) {
            lose(parts);
            assertThat(room.touch("bo", "tab", "data")).isTrue();
            room.touch("m1");
            isExactly(Set.of("bo", "m1"));
            view.awaitMembers(Set.of("bo", "m1"));
            assertThat(room.member("bo").orElseThrow().sessions()).hasSize(1);
        }
    }

    /** The renewal takes the fast path. What it confirmed must not go with those from before. */
    @ParameterizedTest
    @ValueSource(strings = {"sessions", "times", "names"})
    void w5_aRenewalAfterTheLossIsKept(String part) {
        room.touchAll(MANY);
        room.touch("ana", "tab", "data");
        room.touch("ana", "phone");
        lose(part);
        room.touch("m1");
        room.touch("bo", "tab");
        isExactly(Set.of("bo", "m1"));
    }

    /** All beats take the fast path, which does not read the other keys. */
    @Test
    void w5_renewalsNoticeItWhenTheyMoveTheExpiry() {
        room.touchAll(MANY);
        lose("names");
        server.command("HINCRBY", CELL + "meta", "tended", "-21000");
        assertThat(room.touchAll(MANY)).as("all join again").hasSize(MANY.size());
        isExactly(Set.copyOf(MANY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "names"})
    void w5_aReadThatNoticesItHasItMended(String part) {
        room.touchAll(MANY);
        try (ViewOfTopic view = new ViewOfTopic(room)) {
            lose(part);
            assertThat(room.page(null, 1_000).members()).isEmpty();
            Eventually.await("nobody is counted", () -> room.count() == 0);
            view.awaitMembers(Set.of());
        }
    }

    /** The metadata of a sharded topic is read with each call. */
    @Test
    void g3_aLostHomeBringsNobodyBackFromBeforeAReset() {
        try (RedisStore sharded = RedisStore.builder()
                        .uri(server.uri())
                        .topicShards(SHARDS)
                        .build();
                Presence other = Presence.using(sharded, PresenceConfig.defaults())) {
            PresenceTopic topic = other.topic("room");
            topic.touchAll(MANY);
            topic.reset();
            topic.touch("ana");
            for (int shard = 0; shard < SHARDS; shard++) {
                String meta = "presence:{room#" + shard + "/3}:meta";
                Eventually.await(
                        "the cell is left behind",
                        () -> server.command("HEXISTS", meta, "stale").equals("1"));
                server.command("HINCRBY", meta, "stale", "-20000");
            }
            assertThat(server.command("UNLINK", "presence:{room#0/3}:metadata")).isEqualTo("1");
            assertThat(topic.count()).isZero();
            topic.touchAll(List.of("ana", "bo", "cy"));
            topic.touchAll(List.of("ana", "bo", "cy"));
            assertThat(topic.list()).containsExactlyInAnyOrder("ana", "bo", "cy");
            assertThat(topic.count()).isEqualTo(3);
        }
    }
}
