package io.github.presence4j.redis.fault;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.FaultLoad;
import io.github.presence4j.testkit.fault.FaultReport;
import io.github.presence4j.testkit.fault.Timing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that closes its client connections again and again, as one that is being updated or has too many clients. */
class LostConnectionsTest {
    private static final int SOME = 500;
    private static final int TIMES = 4;

    @Test
    void w5_everyConnectionIsKilledOnceASecond() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                FaultLoad throng = RedisFaultLoads.at(server.uri())) {
            throng.gatherWithBystanders();
            throng.answers(SOME);
            for (int i = 0; i < TIMES; i++) {
                server.command("CLIENT", "KILL", "TYPE", "normal");
                server.command("CLIENT", "KILL", "TYPE", "pubsub");
                Timing.last(Duration.ofSeconds(1));
            }
            FaultReport outcome = throng.settle();
            outcome.require("every connection killed once a second, " + TIMES + " times");
            outcome.requireEveryEvent();
        }
    }
}
