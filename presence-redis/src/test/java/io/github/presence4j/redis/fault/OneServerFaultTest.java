package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.LinkProxy;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What one server and the way to it can do. */
class OneServerFaultTest {
    private static final int SOME = 500;

    private static Load load(String uri) {
        return new Load(() -> RedisStore.builder().uri(uri).build());
    }

    /** Lets a fault last. */
    private static void last(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        Load.await("the fault has lasted", () -> System.nanoTime() >= end);
    }

    @Test
    void w5_killedAndRestartedWithItsData() {
        try (RedisProcess server =
                        RedisProcess.start(RedisBinary.find(), "--appendonly", "yes", "--appendfsync", "always");
                Load load = load(server.uri())) {
            load.more(SOME);
            server.kill();
            last(Duration.ofSeconds(1));
            server.restart();
            load.settle().require("server killed, restarted with its data after 1 s");
        }
    }

    @Test
    void w5_killedAndRestartedEmpty() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                Load load = load(server.uri())) {
            load.more(SOME);
            load.mayLoseData();
            server.kill();
            server.restartEmpty();
            load.settle().require("server killed, restarted without its data");
        }
    }

    @Test
    void e2_frozenForFiveSeconds() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                Load load = load(server.uri())) {
            load.more(SOME);
            server.freeze();
            last(Duration.ofSeconds(5));
            server.thaw();
            load.settle().require("server frozen for 5 s");
        }
    }

    @Test
    void e3_scriptsFlushedUnderLoad() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                Load load = load(server.uri())) {
            for (int i = 0; i < 20; i++) {
                load.more(50);
                server.command("SCRIPT", "FLUSH");
            }
            Outcome outcome = load.settle();
            outcome.require("scripts flushed 20 times");
            assertThat(outcome.failed()).isZero();
        }
    }

    @Test
    void w5_theLinkIsCut() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                LinkProxy proxy = LinkProxy.to(server.port());
                Load load = load(proxy.uri())) {
            load.more(SOME);
            proxy.cut();
            last(Duration.ofSeconds(1));
            proxy.heal();
            load.settle().require("link cut for 1 s");
        }
    }

    @Test
    void e2_theLinkIsSlow() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                LinkProxy proxy = LinkProxy.to(server.port());
                Load load = load(proxy.uri())) {
            load.more(SOME);
            proxy.delay(Duration.ofMillis(300));
            last(Duration.ofSeconds(2));
            proxy.delay(Duration.ZERO);
            load.settle().require("link delayed by 300 ms each way, for 2 s");
        }
    }

    @Test
    void e2_theLinkIsHalfOpen() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                LinkProxy proxy = LinkProxy.to(server.port());
                Load load = load(proxy.uri())) {
            load.more(SOME);
            proxy.halfOpen();
            last(Duration.ofSeconds(5));
            proxy.heal();
            load.settle().require("link half open for 5 s");
        }
    }
}
