package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.FaultLoad;
import io.github.presence4j.testkit.fault.FaultReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A server that answers but accepts no writes: earlier data stays readable, and each refusal is reported as an outage. */
class RefusedWritesTest {
    private static final int SOME = 500;

    @Test
    void e7_aServerThatBecomesAReplica() {
        refuse(
                "server becomes a replica, and a master again",
                server -> server.command("REPLICAOF", "127.0.0.1", "1"),
                server -> server.command("REPLICAOF", "NO", "ONE"));
    }

    @Test
    void e7_maxmemoryIsReached() {
        refuse(
                "`maxmemory` is reached, later raised",
                server -> server.command("CONFIG", "SET", "maxmemory", "1"),
                server -> server.command("CONFIG", "SET", "maxmemory", "0"));
    }

    @Test
    void e7_tooFewReplicas() {
        refuse(
                "fewer replicas than `min-replicas-to-write`",
                server -> server.command("CONFIG", "SET", "min-replicas-to-write", "1"),
                server -> server.command("CONFIG", "SET", "min-replicas-to-write", "0"));
    }

    /** A server that is told to save and cannot, as on a full disk, refuses writes. */
    @Test
    void e7_savingFails() {
        refuse("saving fails (MISCONF)", RefusedWritesTest::failToSave, RefusedWritesTest::save);
    }

    private static void refuse(String fault, Consumer<RedisProcess> begin, Consumer<RedisProcess> end) {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find(), "--save", "3600", "1000000");
                FaultLoad throng = RedisFaultLoads.at(server.uri())) {
            throng.gatherWithBystanders();
            throng.answers(SOME);
            begin.accept(server);
            throng.calls(SOME);
            throng.answers(SOME);
            end.accept(server);
            FaultReport outcome = throng.settle();
            outcome.require(fault);
            outcome.requireEveryEvent();
            assertThat(outcome.failed()).as("writes that were refused").isPositive();
        }
    }

    private static void failToSave(RedisProcess server) {
        try {
            // a non-empty directory occupies the path of the file
            Files.createDirectories(saved(server).resolve("occupied"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        save(server, "err");
    }

    private static void save(RedisProcess server) {
        try {
            Files.delete(saved(server).resolve("occupied"));
            Files.delete(saved(server));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        save(server, "ok");
    }

    private static Path saved(RedisProcess server) {
        return server.directory().resolve("dump.rdb");
    }

    private static void save(RedisProcess server, String status) {
        server.command("BGSAVE");
        Eventually.await(
                "the attempt to save is over",
                () -> server.command("INFO", "persistence").contains("rdb_last_bgsave_status:" + status));
    }
}
