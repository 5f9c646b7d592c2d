package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Subscription;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rule G5: a subscription to signals ends with its owner. */
class HintsTest {
    private static Topic topic(String name) {
        return new Topic(new TopicId("presence", name), Duration.ofMinutes(1), null);
    }

    private static boolean isSubscribed(RedisProcess server, String topic) {
        return server.command("PUBSUB", "CHANNELS").lines().anyMatch(channel -> channel.endsWith(":" + topic));
    }

    @Test
    void g5_aSubscriptionThatIsEndedWhileTheLinkIsDownIsNotThereAfterwards() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                TcpProxy proxy = TcpProxy.to(server.port());
                RedisStore store =
                        RedisStore.builder().uri(RedisFaultLoads.uri(proxy)).build()) {
            Subscription ended = store.onChange(topic("ended").id(), () -> {});
            Subscription kept = store.onChange(topic("kept").id(), () -> {});
            Eventually.await("both are there", () -> isSubscribed(server, "ended") && isSubscribed(server, "kept"));
            proxy.cut();
            ended.close();
            Eventually.await("the server knows", () -> !isSubscribed(server, "kept"));
            proxy.heal();
            Eventually.await("the link is back", () -> isSubscribed(server, "kept"));
            Eventually.await("the other one is gone", () -> !isSubscribed(server, "ended"));
            kept.close();
            Eventually.await("this one too", () -> !isSubscribed(server, "kept"));
        }
    }

    @Test
    void g5_aClosedStoreTakesNoSubscription() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find())) {
            RedisStore store = RedisStore.builder().uri(server.uri()).build();
            store.close();
            assertThatThrownBy(() -> store.onChange(topic("room").id(), () -> {}))
                    .isInstanceOf(PresenceUnavailableException.class)
                    .hasMessageContaining("closed");
        }
    }
}
