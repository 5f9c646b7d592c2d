package io.github.presence4j.redis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** TLS and the ACL keep out whom they should. */
@Tag("tls")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsServerTest {
    private TlsServer server;

    @BeforeAll
    void start() {
        server = TlsServer.start(
                RedisBinary.installed(), List.of("~presence:*", "&presence:*", "+get", "+set", "+publish"));
    }

    @AfterAll
    void end() {
        server.close();
    }

    @Test
    void clientThatTrustsTheAuthorityGetsAsFarAsTheRulesAllow() {
        try (RedisClient client = RedisClient.create(server.uri())) {
            client.setOptions(ClientOptions.builder()
                    .sslOptions(SslOptions.builder()
                            .trustManager(server.ca().toFile())
                            .build())
                    .build());
            try (StatefulRedisConnection<String, String> connection = client.connect()) {
                RedisCommands<String, String> redis = connection.sync();
                assertThat(redis.set("presence:who", "ana")).isEqualTo("OK");
                assertThat(redis.publish("presence:news", "ana")).isZero();
                assertThatThrownBy(() -> redis.set("who", "ana")).isInstanceOf(RedisCommandExecutionException.class);
                assertThatThrownBy(() -> redis.publish("news", "ana"))
                        .isInstanceOf(RedisCommandExecutionException.class);
                assertThatThrownBy(redis::flushall).hasMessageStartingWith("NOPERM");
            }
        }
        assertThat(server.command("ACL", "LOG")).contains("flushall");
    }

    @Test
    void clientThatDoesNotTrustTheAuthorityStaysOut() {
        try (RedisClient client = RedisClient.create(server.uri())) {
            assertThatThrownBy(client::connect).isInstanceOf(RedisConnectionException.class);
        }
    }

    @Test
    void plainConnectionsAndStrangersStayOut() throws IOException {
        try (RespSocket plain = RespSocket.open(SocketFactory.getDefault(), server.port(), Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> plain.call("PING")).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> server.process().command("PING"))
                .isInstanceOf(RedisErrorReply.class)
                .hasMessageStartingWith("NOAUTH");
    }

    @Test
    void restartedServerServesAgain() {
        server.process().restart();
        assertThat(server.command("PING")).isEqualTo("PONG");
        assertThatThrownBy(() -> server.commandAs("presence", "PING")).hasMessageStartingWith("NOPERM");
    }
}
