package io.github.presence4j.redis.fault;

import io.github.presence4j.redis.server.ClusterSet;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.redis.server.SentinelSet;
import io.github.presence4j.testkit.fault.FaultLoad;
import org.junit.jupiter.api.Test;

/**
 * Masters that die. A failover may lose the last heartbeats, but nobody of a crowd that had reached the replica may be missing
 * at any time.
 */
class FailoverTest {
    private static final int SOME = 500;

    @Test
    void w5_sentinelReplacesAMasterThatIsKilled() {
        try (SentinelSet sentinels = SentinelSet.start(RedisBinary.find());
                FaultLoad throng = RedisFaultLoads.at(sentinels.uri())) {
            throng.gather();
            throng.answers(SOME);
            RedisProcess former = sentinels.master();
            former.kill();
            sentinels.awaitSuccessorOf(former);
            throng.settle().require("Sentinel: master killed");
        }
    }

    @Test
    void w5_aClusterReplacesAMasterThatIsKilled() {
        try (ClusterSet cluster = ClusterSet.start(RedisBinary.find());
                FaultLoad throng = RedisFaultLoads.on(cluster)) {
            throng.gather();
            throng.answers(SOME);
            RedisProcess former = cluster.masterOf(RedisFaultLoads.HOME);
            former.kill();
            cluster.awaitSuccessorOf(former, RedisFaultLoads.HOME);
            throng.settle().require("Cluster: master of the topic's metadata killed");
        }
    }
}
