package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.ClusterSet;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import org.junit.jupiter.api.Test;

/** An application that has a client of Lettuce lends it to the store, and has it back. */
class CallersClientTest {

    private static void use(RedisStore store) {
        try (store;
                Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            PresenceTopic topic = presence.topic("room");
            assertThat(topic.touch("ana")).isTrue();
            assertThat(topic.list()).containsExactly("ana");
        }
    }

    @Test
    void e4_aClientThatWasLentStaysOpen() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                RedisClient client = RedisClient.create()) {
            RedisURI uri = RedisURI.create(server.uri());
            use(RedisStore.builder().client(client, uri).build());
            assertThat(client.connect(uri).sync().ping()).isEqualTo("PONG");
            assertThat(server.command("CLIENT", "LIST").lines().filter(line -> line.contains("cmd=eval")))
                    .as("the store's connections")
                    .isEmpty();
        }
    }

    @Test
    void e4_aClusterClientThatWasLentStaysOpen() {
        try (ClusterSet cluster = ClusterSet.start(RedisBinary.find());
                RedisClusterClient client =
                        RedisClusterClient.create(RedisURI.create(cluster.uris().get(0)))) {
            use(RedisStore.builder().client(client).topicShards(4).build());
            assertThat(client.connect().sync().ping()).isEqualTo("PONG");
        }
    }
}
