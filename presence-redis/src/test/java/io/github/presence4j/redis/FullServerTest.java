package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server at its {@code maxmemory} accepts calls that free memory: leaves, resets and timeouts. Watchers see their events (E7).
 */
class FullServerTest {
    private final RedisProcess server = RedisProcess.start(RedisBinary.find());

    @AfterEach
    void stop() {
        server.close();
    }

    private interface Scene {
        void play(PresenceTopic room);
    }

    private void play(int shards, Duration ttl, Scene scene) {
        try (RedisStore store = RedisStore.builder()
                        .uri(server.uri())
                        .topicShards(shards)
                        .timeout(Duration.ofMinutes(1))
                        .build();
                Presence presence = Presence.using(
                        store,
                        PresenceConfig.builder()
                                .ttl(ttl)
                                .timeout(Duration.ofMinutes(1))
                                .build())) {
            scene.play(presence.topic("room"));
        }
    }

    private void fill() {
        server.command("CONFIG", "SET", "maxmemory", "1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void e7_sessionsAndMembersLeaveAFullServer(int shards) {
        play(shards, Duration.ofHours(1), room -> {
            room.touch("ana", "tab", "data");
            room.touch("bo", "tab");
            room.touch("bo", "phone");
            room.touch("cy");
            try (ViewOfTopic view = new ViewOfTopic(room)) {
                fill();
                assertThat(room.leave("ana", "tab")).isTrue();
                assertThat(room.leave("bo", "tab")).as("still there by phone").isFalse();
                assertThat(room.leave("cy")).isTrue();
                assertThat(room.leave("nobody", "tab")).isFalse();
                assertThat(room.list()).containsExactly("bo");
                view.awaitMembers(Set.of("bo"));
                assertThatThrownBy(() -> room.touch("newcomer")).isInstanceOf(PresenceException.class);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void e7_aFullServerIsReset(int shards) {
        play(shards, Duration.ofHours(1), room -> {
            room.touch("ana", "tab", "data");
            room.touch("bo");
            try (ViewOfTopic view = new ViewOfTopic(room)) {
                fill();
                room.reset();
                assertThat(room.count()).isZero();
                view.await(PresenceEvent.Reset.class::isInstance);
            }
        });
    }

    @Test
    void e7_timeoutsAreRecordedOnAFullServer() {
        play(1, Duration.ofSeconds(2), room -> {
            room.touch("ana", "tab", "data");
            room.touch("bo");
            try (ViewOfTopic view = new ViewOfTopic(room)) {
                fill();
                view.awaitMembers(Set.of());
            }
        });
    }

    /** The first call of a topic that has never been touched creates keys. */
    @Test
    void e7_aTopicThatIsNotThereIsLeft() {
        play(1, Duration.ofHours(1), room -> {
            fill();
            assertThat(room.leave("nobody")).isFalse();
            assertThatThrownBy(() -> room.touch("ana")).isInstanceOf(PresenceException.class);
        });
    }

    @Test
    void e7_aTopicThatIsNotThereIsReset() {
        play(1, Duration.ofHours(1), room -> {
            fill();
            room.reset();
            assertThatThrownBy(() -> room.touch("ana")).isInstanceOf(PresenceException.class);
        });
    }
}
