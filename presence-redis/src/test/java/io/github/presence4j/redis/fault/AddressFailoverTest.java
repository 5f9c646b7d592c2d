package io.github.presence4j.redis.fault;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.FaultLoad;
import io.github.presence4j.testkit.fault.FaultReport;
import io.github.presence4j.testkit.fault.TcpProxy;
import org.junit.jupiter.api.Test;

/**
 * A failover behind one address, as in a managed Redis: the address leads to the new primary, and the former one, now a replica,
 * keeps its connections.
 */
class AddressFailoverTest {
    private static final int SOME = 500;

    @Test
    void w5_theFormerPrimaryKeepsItsConnections() {
        try (RedisProcess former = RedisProcess.start(RedisBinary.find());
                RedisProcess successor = RedisProcess.start(
                        RedisBinary.find(), "--replicaof", "127.0.0.1", Integer.toString(former.port()));
                TcpProxy address = TcpProxy.to(former.port());
                FaultLoad throng = RedisFaultLoads.through(address)) {
            throng.gatherWithBystanders();
            throng.answers(SOME);
            Eventually.await(
                    "the replica is in sync", () -> replication(successor).contains("master_link_status:up"));
            address.leadTo(successor.port());
            // waits until the replica has received all writes, so that none is lost
            former.command("FAILOVER");
            Eventually.await(
                    "they have changed places",
                    () -> replication(former).contains("role:slave")
                            && replication(successor).contains("role:master"));
            FaultReport outcome = throng.settle();
            outcome.require("failover behind one address, the former primary keeps its connections");
        }
    }

    private static String replication(RedisProcess server) {
        return server.command("INFO", "replication");
    }
}
