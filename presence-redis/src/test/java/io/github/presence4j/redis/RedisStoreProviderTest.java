package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an application says in its configuration. */
class RedisStoreProviderTest {

    private static PresenceConfig.Builder redis(String key, String value) {
        return PresenceConfig.builder().backend("redis").property("redis." + key, value);
    }

    @Test
    void theBackendIsFoundByItsNameAndConfiguredByProperties() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                Presence presence = Presence.open(redis("uri", server.uri())
                        .property("redis.topic-shards", "3")
                        .build())) {
            PresenceTopic topic = presence.topic("room");
            assertThat(topic.touch("ana")).isTrue();
            assertThat(topic.list()).containsExactly("ana");
        }
    }

    @Test
    void e2_aStoreThatIsMadeWhileRedisIsDownComesToLifeWithIt() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find())) {
            server.kill();
            try (Presence presence = Presence.open(
                    redis("uri", server.uri()).timeout(Duration.ofSeconds(1)).build())) {
                PresenceTopic topic = presence.topic("room");
                assertThatThrownBy(() -> topic.isLive("ana")).isInstanceOf(PresenceUnavailableException.class);
                server.restart();
                Eventually.await("the store has connected again", () -> answers(topic));
                assertThat(topic.touch("ana")).isTrue();
                assertThat(topic.isLive("ana")).isTrue();
            }
        }
    }

    /** Returns whether Redis is within reach. After an attempt that failed, the next one may be up to a second later. */
    private static boolean answers(PresenceTopic topic) {
        try {
            topic.count();
            return true;
        } catch (PresenceUnavailableException outOfReach) {
            return false;
        }
    }

    @Test
    void aTypingErrorListsTheKeysThatAreKnown() {
        assertThatThrownBy(() -> Presence.open(redis("url", "redis://localhost").build()))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("redis.url")
                .hasMessageContaining("redis.uri")
                .hasMessageContaining("redis.topic-shards");
    }

    @Test
    void aBadValueIsNamedByItsKeyAndAUriIsNotShown() {
        assertThatThrownBy(() -> Presence.open(
                        redis("uri", "http://ana:secret@localhost").build()))
                .isInstanceOf(PresenceConfigurationException.class)
                .hasMessageContaining("redis.uri")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Presence.open(redis("topic-shards", "0").build()))
                .hasMessage("redis.topic-shards must be from 1 to 256 but was 0");
        assertThatThrownBy(() -> Presence.open(redis("cluster", "yes").build()))
                .hasMessage("redis.cluster must be true or false but was yes");
    }
}
