package io.github.presence4j.redis.fault;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
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
    }

    @Override
    public void close() {
        presence.close();
        store.close();
        server.close();
        clock.close();
    }
}
