package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.FaultLoad;
import io.github.presence4j.testkit.fault.FaultReport;
import org.junit.jupiter.api.Test;

/** A user with all rights except {@code INFO}, which hosted Redis often reserves for its operators. */
class RightsWithoutInfoTest {
    private static final int SOME = 500;

    @Test
    void e7_aUserWithoutInfoIsServed() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find())) {
            server.command("ACL", "SETUSER", "app", "on", ">secret", "~*", "&*", "+@all", "-@admin", "-info");
            try (FaultLoad throng = RedisFaultLoads.at("redis://app:secret@127.0.0.1:" + server.port())) {
                throng.gather();
                throng.answers(SOME);
                FaultReport outcome = throng.settle();
                outcome.require("a user without `INFO`");
                assertThat(outcome.failed()).isZero();
            }
        }
    }
}
