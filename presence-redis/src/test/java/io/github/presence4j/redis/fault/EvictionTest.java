package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisErrorReply;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.FaultLoad;
import io.github.presence4j.testkit.fault.Timing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that evicts keys of a topic one by one. Members touched before an eviction may be lost; members touched since are live,
 * and all queries agree.
 */
class EvictionTest {
    private static final int SOME = 200;
    private static final String CELL = "presence:{" + FaultLoad.TOPIC + "#0}:";

    @ParameterizedTest
    @ValueSource(strings = {"live", "names", "sessions", "meta"})
    void w5_oneKeyOfATopicIsLost(String part) {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                FaultLoad throng = RedisFaultLoads.at(server.uri())) {
            throng.gatherWithBystanders();
            throng.answers(SOME);
            throng.lose();
            assertThat(server.command("UNLINK", CELL + part)).isEqualTo("1");
            throng.keep();
            throng.answers(SOME);
            throng.settle().require("a topic's key `" + part + "` evicted");
        }
    }

    /**
     * Only keys with an expiry are evicted, and only presence sets one: the other application fills the server with keys that
     * stay.
     */
    @Test
    void w5_anotherApplicationFillsTheServer() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find(), "--maxmemory-policy", "volatile-lru");
                FaultLoad throng = RedisFaultLoads.at(server.uri())) {
            throng.gatherWithBystanders();
            throng.answers(SOME);
            throng.lose();
            long used = Long.parseLong(value(server, "memory", "used_memory"));
            server.command("CONFIG", "SET", "maxmemory", Long.toString(used + 200_000));
            fill(server);
            throng.calls(SOME);
            server.command("CONFIG", "SET", "maxmemory", "0");
            throng.keep();
            throng.settle().require("`volatile-lru`, another application fills the server for 3 s");
            assertThat(Long.parseLong(value(server, "stats", "evicted_keys"))).isPositive();
        }
    }

    /** Deletes some keys now and then, so that the server is full without being stuck. */
    private static void fill(RedisProcess server) {
        String kilobyte = "x".repeat(1024);
        long begin = System.nanoTime();
        for (int i = 0; Timing.since(begin).compareTo(Duration.ofSeconds(3)) < 0; i++) {
            try {
                server.command("SET", "other " + i, kilobyte);
            } catch (RedisErrorReply full) {
                assertThat(full).hasMessageStartingWith("OOM");
                server.command("DEL", "other " + (i - SOME / 2), "other " + (i - SOME));
            }
        }
    }

    private static String value(RedisProcess server, String section, String name) {
        List<String> found = server.command("INFO", section)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1))
                .toList();
        return found.get(0);
    }
}
