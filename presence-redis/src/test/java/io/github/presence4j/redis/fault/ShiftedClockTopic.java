package io.github.presence4j.redis.fault;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.ShiftedClock;
import java.time.Duration;
import java.util.List;

/** A topic on a server whose clock can be set. */
final class ShiftedClockTopic implements AutoCloseable {
    final ShiftedClock clock = ShiftedClock.create();
    final PresenceTopic topic;
    private final RedisProcess server;
    private final RedisStore store;
    private final Presence presence;

    ShiftedClockTopic(RedisBinary binary, Duration ttl) {
        server = RedisProcess.start(binary, clock.environment());
        store = RedisStore.builder().uri(server.uri()).build();
        presence = Presence.using(
                store,
                PresenceConfig.builder()
                        .ttl(ttl)
                        .sweepInterval(Duration.ofMillis(100))
                        .build());
        topic = presence.topic("room");
        // the first call of a JVM may end by its timeout on a busy machine, while the client is still being loaded
        Eventually.await(
                Duration.ofSeconds(30),
                () -> "the store answers",
                () -> topic.count() == 0,
                List.of(PresenceUnavailableException.class));
    }

    @Override
    public void close() {
        presence.close();
        store.close();
        server.close();
        clock.close();
    }
}
