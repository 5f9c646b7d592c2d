package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.redis.server.ClusterSet;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.redis.server.SentinelSet;
import io.github.presence4j.testkit.fault.FaultLoad;
import org.junit.jupiter.api.Test;

/**
 * Masters that stop answering without hanging up, are replaced, and wake up in the belief that they are masters. The crowd had
 * reached the replica, so nobody of it may be missing at any time.
 */
class FrozenMasterTest {
    private static final int SOME = 500;
    private static final String CLIENT = "throng";

    @Test
    void w5_sentinelReplacesAMasterThatIsFrozen() {
        try (SentinelSet sentinels = SentinelSet.start(RedisBinary.find());
                FaultLoad throng = RedisFaultLoads.at(sentinels.uri().replace("#", "?clientName=" + CLIENT + "#"))) {
            throng.gather();
            throng.answers(SOME);
            RedisProcess former = sentinels.master();
            former.freeze();
            RedisProcess successor = sentinels.awaitSuccessorOf(former);
            throng.comeBack();
            throng.answers(SOME);
            former.thaw();
            sentinels.awaitDemotionOf(former);
            throng.answers(SOME);
            assertThat(clients(former)).as("the former master's clients").doesNotContain(CLIENT);
            assertThat(clients(successor)).contains(CLIENT);
            throng.settle().require("Sentinel: master frozen, later thawed; from when its successor is named");
        }
    }

    private static String clients(RedisProcess server) {
        return server.command("CLIENT", "LIST");
    }

    @Test
    void w5_aClusterReplacesAMasterThatIsFrozen() {
        try (ClusterSet cluster = ClusterSet.start(RedisBinary.find());
                FaultLoad throng = RedisFaultLoads.on(cluster)) {
            throng.gather();
            throng.answers(SOME);
            RedisProcess former = cluster.masterOf(RedisFaultLoads.HOME);
            former.freeze();
            cluster.awaitSuccessorOf(former, RedisFaultLoads.HOME);
            throng.comeBack();
            throng.answers(SOME);
            cluster.revive();
            throng.answers(SOME);
            throng.settle().require("Cluster: master of the topic's metadata frozen, later thawed; likewise");
        }
    }
}
