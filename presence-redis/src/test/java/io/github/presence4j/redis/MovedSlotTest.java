package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.ClusterSet;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A slot of a cluster stays {@code MIGRATING}, as after an interrupted reshard, while a topic in it is used (E7). Its keys are all on
 * the old owner, or all on the new one; a topic that does not exist yet is created on the new one.
 */
class MovedSlotTest {
    private static ClusterSet cluster;
    private static RedisStore store;
    private static Presence presence;

    @BeforeAll
    static void start() {
        cluster = ClusterSet.start(RedisBinary.find());
        store = RedisStore.builder()
                .uri(cluster.uri())
                .cluster(true)
                .timeout(Duration.ofMinutes(1))
                .build();
        presence = Presence.using(
                store,
                PresenceConfig.builder()
                        .ttl(Duration.ofHours(1))
                        .timeout(Duration.ofMinutes(1))
                        .build());
    }

    @AfterAll
    static void stop() {
        presence.close();
        store.close();
        cluster.close();
    }

    /** The slot of a topic, which another master is about to take over. */
    private record Move(RedisProcess from, RedisProcess to, String slot) {
        static Move begin(PresenceTopic topic) {
            String key = "presence:{" + topic.name() + "#0}:meta";
            RedisProcess from = cluster.masterOf(key);
            RedisProcess to = cluster.masters().stream()
                    .filter(master -> master != from)
                    .findFirst()
                    .orElseThrow();
            String slot = from.command("CLUSTER", "KEYSLOT", key);
            to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", from.command("CLUSTER", "MYID"));
            from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", to.command("CLUSTER", "MYID"));
            return new Move(from, to, slot);
        }

        void moveKeys() {
            String keys = from.command("CLUSTER", "GETKEYSINSLOT", slot, "100");
            Stream<String> migrate =
                    Stream.of("MIGRATE", "127.0.0.1", Integer.toString(to.port()), "", "0", "5000", "KEYS");
            from.command(Stream.concat(migrate, keys.lines()).toArray(String[]::new));
        }

        void finish() {
            String owner = to.command("CLUSTER", "MYID");
            to.command("CLUSTER", "SETSLOT", slot, "NODE", owner);
            cluster.masters().forEach(master -> master.command("CLUSTER", "SETSLOT", slot, "NODE", owner));
        }
    }

    private static void use(PresenceTopic topic) {
        assertThat(topic.touch("ana", "tab", "data")).isTrue();
        assertThat(topic.touch("ana", "tab", "other")).isFalse();
        assertThat(topic.touch("ana", "phone")).isFalse();
        assertThat(topic.touchAll(List.of("bo", "cy"))).containsExactlyInAnyOrder("bo", "cy");
        assertThat(topic.touchAll(List.of("bo", "cy"))).isEmpty();
        assertThat(topic.leave("ana", "tab")).isFalse();
        assertThat(topic.leave("bo")).isTrue();
        assertThat(topic.member("ana").orElseThrow().sessions()).hasSize(1);
        assertThat(topic.count()).isEqualTo(2);
        assertThat(topic.list()).containsExactlyInAnyOrder("ana", "cy");
        assertThat(topic.page(null, 10).members()).hasSize(2);
        assertThat(topic.liveAmong(List.of("ana", "bo", "cy"))).containsExactlyInAnyOrder("ana", "cy");
        assertThat(topic.leave("ana")).isTrue();
        assertThat(topic.leave("cy")).isTrue();
        assertThat(topic.count()).isZero();
    }

    @Test
    void e7_aTopicOfWhichNothingHasMovedIsUsed() {
        PresenceTopic topic = presence.topic("stays");
        topic.touch("first");
        assertThat(topic.leave("first")).isTrue();
        Move move = Move.begin(topic);
        use(topic);
        move.moveKeys();
        move.finish();
        assertThat(topic.touch("last")).isTrue();
    }

    @Test
    void e7_aTopicThatHasMovedIsUsedBeforeItsSlotHas() {
        PresenceTopic topic = presence.topic("goes");
        topic.touch("first");
        assertThat(topic.leave("first")).isTrue();
        Move move = Move.begin(topic);
        move.moveKeys();
        use(topic);
        move.finish();
        assertThat(topic.touch("last")).isTrue();
    }

    @Test
    void e7_aTopicThatIsNotThereYetIsRead() {
        PresenceTopic topic = presence.topic("new");
        Move move = Move.begin(topic);
        assertThat(topic.count()).isZero();
        assertThat(topic.list()).isEmpty();
        assertThat(topic.isLive("ana")).isFalse();
        assertThat(topic.page(null, 10).members()).isEmpty();
        use(topic);
        topic.reset();
        move.finish();
        assertThat(topic.touch("last")).isTrue();
    }

    @Test
    void e7_aTopicIsWatched() {
        PresenceTopic topic = presence.topic("watched");
        topic.touch("ana");
        try (ViewOfTopic view = new ViewOfTopic(topic)) {
            Move move = Move.begin(topic);
            topic.touch("bo", "tab", "data");
            view.awaitMembers(Set.of("ana", "bo"));
            move.moveKeys();
            topic.leave("ana");
            view.awaitMembers(Set.of("bo"));
            move.finish();
            topic.touch("cy");
            view.awaitMembers(Set.of("bo", "cy"));
        }
    }
}
