package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.FaultLoad;
import io.github.presence4j.testkit.fault.FaultReport;
import io.github.presence4j.testkit.fault.Timing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Faults of a single server. Those of the connection: {@link LinkFaultTest}. */
class OneServerFaultTest {
    private static final int SOME = 500;

    @Test
    void w5_killedAndRestartedWithItsData() {
        try (RedisProcess server =
                        RedisProcess.start(RedisBinary.find(), "--appendonly", "yes", "--appendfsync", "always");
                FaultLoad throng = RedisFaultLoads.at(server.uri())) {
            throng.gather();
            throng.answers(SOME);
            server.kill();
            throng.failing(SOME);
            Timing.last(Duration.ofSeconds(1));
            server.restart();
            throng.settle().require("server killed, restarted with its data after 1 s");
        }
    }

    @Test
    void w5_killedAndRestartedEmpty() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                FaultLoad throng = RedisFaultLoads.at(server.uri())) {
            throng.gather();
            throng.answers(SOME);
            throng.lose();
            server.kill();
            throng.failing(SOME);
            throng.keep();
            server.restartEmpty();
            throng.settle().require("server killed, restarted without its data");
        }
    }

    @Test
    void e2_frozenForFiveSeconds() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                FaultLoad throng = RedisFaultLoads.at(server.uri())) {
            throng.gather();
            throng.answers(SOME);
            server.freeze();
            Timing.last(Duration.ofSeconds(5));
            server.thaw();
            throng.settle().require("server frozen for 5 s");
        }
    }

    @Test
    void e3_scriptsFlushedUnderLoad() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                FaultLoad throng = RedisFaultLoads.at(server.uri())) {
            for (int i = 0; i < 20; i++) {
                throng.calls(50);
                server.command("SCRIPT", "FLUSH");
            }
            FaultReport outcome = throng.settle();
            outcome.require("scripts flushed 20 times");
            assertThat(outcome.failed()).isZero();
        }
    }
}
