package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.ClusterSet;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.redis.server.SlotMove;
import io.github.presence4j.testkit.fault.FaultLoad;
import org.junit.jupiter.api.Test;

/** The slot of the metadata of a topic moves from one master to another while the topic is in use. No data may be lost. */
class ReshardTest {
    private static final int SOME = 500;
    private static final int FEW = 20;

    @Test
    void e7_aSlotMigratesThereAndBackUnderLoad() {
        try (ClusterSet cluster = ClusterSet.start(RedisBinary.find());
                FaultLoad throng = RedisFaultLoads.on(cluster)) {
            throng.gatherWithBystanders();
            throng.answers(SOME);
            RedisProcess owner = cluster.masterOf(RedisFaultLoads.HOME);
            migrate(cluster, throng, other(cluster, owner));
            migrate(cluster, throng, owner);
            throng.settle()
                    .require("Cluster: slot of the topic's metadata moved there and back; from when its move begins");
        }
    }

    /** A topic of plain heartbeats has neither sessions nor departures: keys that never existed have not moved either. */
    @Test
    void e7_aPlainTopicIsTouchedWhileItsSlotMigrates() {
        try (ClusterSet cluster = ClusterSet.start(RedisBinary.find());
                RedisStore store =
                        RedisStore.builder().uri(cluster.uri()).cluster(true).build();
                Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            PresenceTopic topic = presence.topic("plain");
            topic.touch("ana");
            String key = "presence:{plain#0}:live";
            SlotMove move = cluster.beginMove(key, other(cluster, cluster.masterOf(key)));
            assertThat(topic.touch("bo")).isTrue();
            assertThat(topic.touch("bo", "tab", "data")).isFalse();
            assertThat(topic.leave("bo", "tab")).isFalse();
            move.moveAll();
            assertThat(topic.touch("cy")).isTrue();
            assertThat(topic.list()).containsExactlyInAnyOrder("ana", "bo", "cy");
            move.finish();
            assertThat(topic.touch("ana")).isFalse();
            topic.reset();
        }
    }

    private static RedisProcess other(ClusterSet cluster, RedisProcess owner) {
        return cluster.masters().stream()
                .filter(master -> master != owner)
                .findFirst()
                .orElseThrow();
    }

    private static void migrate(ClusterSet cluster, FaultLoad throng, RedisProcess to) {
        SlotMove move = cluster.beginMove(RedisFaultLoads.HOME, to);
        // all keys are still on the old owner, so a touch succeeds
        throng.comeBack();
        throng.answers(SOME);
        move.moveOne();
        move.moveOne();
        // while the keys of a cell are on two nodes, it cannot be used: calls wait for the rest, within their timeout
        throng.calls(FEW);
        move.moveAll();
        throng.comeBack();
        throng.answers(SOME);
        move.finish();
        throng.comeBack();
        throng.answers(SOME);
    }
}
