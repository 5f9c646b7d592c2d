package io.github.presence4j.redis.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The container serves as soon as it is started. */
@Tag("docker")
class ContainerServerTest {
    @Test
    void servesAClient() {
        try (ContainerServer server = ContainerServer.start();
                RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            assertThat(connection.sync().set("who", "ana")).isEqualTo("OK");
            assertThat(connection.sync().get("who")).isEqualTo("ana");
        }
    }
}
