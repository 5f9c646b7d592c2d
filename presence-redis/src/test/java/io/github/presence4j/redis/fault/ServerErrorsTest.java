package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Lease;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.TcpProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule E7: the errors of a server that cannot write, also on the oldest Redis, which wraps the errors of scripts. */
class ServerErrorsTest {
    private static final List<List<String>> TROUBLES = List.of(
            List.of("CONFIG", "SET", "maxmemory", "1"),
            List.of("CONFIG", "SET", "min-replicas-to-write", "1"),
            List.of("REPLICAOF", "127.0.0.1", "1"));
    private static final List<List<String>> ENDS = List.of(
            List.of("CONFIG", "SET", "maxmemory", "0"),
            List.of("CONFIG", "SET", "min-replicas-to-write", "0"),
            List.of("REPLICAOF", "NO", "ONE"));

    @Test
    void e7_aServerThatCannotWriteForNowIsUnavailableAndLeasesSurvive() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                RedisStore store = RedisStore.builder().uri(server.uri()).build();
                Presence presence = Presence.using(
                        store,
                        PresenceConfig.builder().ttl(Duration.ofSeconds(3)).build())) {
            PresenceTopic topic = presence.topic("room");
            topic.touch("bo");
            for (int i = 0; i < TROUBLES.size(); i++) {
                String member = "held " + i;
                server.command(TROUBLES.get(i).toArray(String[]::new));
                assertThatThrownBy(() -> topic.touch("ana"))
                        .as("%s", TROUBLES.get(i))
                        .isInstanceOf(PresenceUnavailableException.class);
                try (Lease lease = topic.hold(member)) {
                    assertThat(lease).isNotNull();
                    server.command(ENDS.get(i).toArray(String[]::new));
                    Eventually.await("the lease holds its member", () -> isLive(topic, member));
                }
            }
        }
    }

    private static boolean isLive(PresenceTopic topic, String member) {
        try {
            return topic.isLive(member);
        } catch (PresenceUnavailableException notYet) {
            return false;
        }
    }

    /** As in a managed Redis: one address, and the connections to the former primary stay open. */
    @Test
    void e7_behindOneAddressTheNewPrimaryIsFoundWhileTheFormerOneKeepsItsConnections() {
        try (RedisProcess former = RedisProcess.start(RedisBinary.find());
                RedisProcess successor = RedisProcess.start(RedisBinary.find());
                TcpProxy address = TcpProxy.to(former.port());
                RedisStore store =
                        RedisStore.builder().uri(RedisFaultLoads.uri(address)).build();
                Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            PresenceTopic topic = presence.topic("room");
            assertThat(topic.touch("ana")).isTrue();
            former.command("REPLICAOF", "127.0.0.1", Integer.toString(successor.port()));
            address.leadTo(successor.port());
            Eventually.await("a touch succeeds", () -> touches(topic));
            assertThat(topic.list()).containsExactly("bo");
            assertThat(successor.command("PING")).isEqualTo("PONG");
        }
    }

    private static boolean touches(PresenceTopic topic) {
        try {
            topic.touch("bo");
            return true;
        } catch (PresenceUnavailableException notYet) {
            return false;
        }
    }
}
