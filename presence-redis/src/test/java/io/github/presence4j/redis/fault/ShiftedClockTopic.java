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
        Eventually.await("the store answers", this::isConnected);
    }

    /** The first call of a JVM may end by its timeout on a busy machine, while the client is still being loaded. */
    private boolean isConnected() {
        try {
            return topic.count() == 0;
        } catch (PresenceUnavailableException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        presence.close();
        store.close();
        server.close();
        clock.close();
    }
}
