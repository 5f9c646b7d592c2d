package io.github.presence4j.redis.fault;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.FaultLoad;
import org.junit.jupiter.api.Test;

/** An application that begins while Redis is away has what it asked for as soon as Redis is there. */
class LateServerTest {
    private static final int SOME = 500;

    @Test
    void e2_aStoreMadeWhileTheServerIsDownComesToLife() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find())) {
            server.kill();
            try (FaultLoad throng = RedisFaultLoads.at(server.uri())) {
                throng.calls(SOME);
                server.restart();
                throng.gather();
                throng.answers(SOME);
                throng.settle().require("server down when the store was made");
            }
        }
    }
}
