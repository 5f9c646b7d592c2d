package io.github.presence4j.redis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The servers do what the tests of the store rely on. */
class ServersTest {
    private static final RedisBinary BINARY = RedisBinary.find();

    @Test
    void killedServerComesBackWithWhatItSaved() {
        try (RedisProcess server = RedisProcess.start(BINARY, "--appendonly", "yes", "--appendfsync", "always")) {
            assertThat(server.command("SET", "who", "ana")).isEqualTo("OK");
            server.kill();
            assertThat(server.isRunning()).isFalse();
            assertThatThrownBy(() -> server.command("PING")).isInstanceOf(UncheckedIOException.class);

            server.restart();
            assertThat(server.command("GET", "who")).isEqualTo("ana");

            server.restartEmpty();
            assertThat(server.command("GET", "who")).isEmpty();
        }
    }

    @Test
    void byDefaultNothingIsSaved() {
        try (RedisProcess server = RedisProcess.start(BINARY)) {
            server.command("SET", "who", "ana");
            assertThat(server.command("SHUTDOWN")).isEmpty();
            server.restart();
            assertThat(server.command("EXISTS", "who")).isEqualTo("0");
        }
    }

    @Test
    void frozenServerDoesNotAnswerUntilThawed() {
        try (RedisProcess server = RedisProcess.start(BINARY)) {
            server.freeze();
            assertThatThrownBy(() -> server.commandWithin(Duration.ofMillis(300), "PING"))
                    .isInstanceOf(UncheckedIOException.class);
            server.thaw();
            assertThat(server.command("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void closedServerLeavesNothingBehind() {
        RedisProcess server = RedisProcess.start(BINARY);
        server.close();
        assertThat(server.isRunning()).isFalse();
        assertThat(server.directory()).doesNotExist();
    }

    @Test
    void serverThatCannotStartTellsWhy() {
        assertThatThrownBy(() -> RedisProcess.start(BINARY, "--maxmemory", "lots"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("maxmemory");
    }

    @Test
    void sentinelsPromoteTheReplicaOfADeadMaster() {
        try (SentinelSet set = SentinelSet.start(BINARY)) {
            RedisProcess former = set.master();
            former.command("SET", "who", "ana");
            former.command("WAIT", "1", "2000");
            former.kill();

            RedisProcess successor = set.awaitSuccessorOf(former);
            assertThat(successor).isNotEqualTo(former);
            assertThat(successor.command("GET", "who")).isEqualTo("ana");

            set.revive();
            assertThat(List.of(set.master(), set.replica()))
                    .as("who leads is up to the Sentinels")
                    .containsExactlyInAnyOrder(former, successor);
            assertThat(set.master().command("GET", "who")).isEqualTo("ana");
            assertThat(set.replica().command("GET", "who")).isEqualTo("ana");
        }
    }

    @Test
    void clusterReplicaTakesOverFromADeadMaster() {
        try (ClusterSet set = ClusterSet.start(BINARY)) {
            assertThat(set.uris()).hasSize(6);
            assertThat(set.masters()).hasSize(3);
            RedisProcess former = set.masterOf("who");
            RedisProcess other = set.masters().stream()
                    .filter(node -> node != former)
                    .findFirst()
                    .orElseThrow();
            assertThat(former.command("SET", "who", "ana")).isEqualTo("OK");
            assertThatThrownBy(() -> other.command("GET", "who"))
                    .isInstanceOf(RedisErrorReply.class)
                    .hasMessageStartingWith("MOVED");
            set.moveSlot("who", other);
            assertThat(set.masterOf("who")).isEqualTo(other);
            assertThat(other.command("GET", "who")).isEqualTo("ana");
            set.moveSlot("who", former);

            former.command("WAIT", "1", "2000");
            RedisProcess heir = set.replicaOf(former);
            former.kill();

            assertThat(set.awaitSuccessorOf(former, "who")).isEqualTo(heir);
            assertThat(heir.command("GET", "who")).isEqualTo("ana");

            set.revive();
            assertThat(set.masterOf("who")).isEqualTo(heir);
            assertThat(set.replicaOf(heir)).isEqualTo(former);
        }
    }
}
