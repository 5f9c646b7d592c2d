package io.github.presence4j.soak;

import io.github.presence4j.hazelcast.HazelcastStore;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.spi.PresenceStore;
import java.util.List;

/** Opens a store at the address of a {@link SoakBackend}. */
final class StoreOpener {
    private StoreOpener() {}

    static PresenceStore open(List<String> address) {
        return switch (address.get(0)) {
            case "redis" ->
                RedisStore.builder()
                        .uri(address.get(1))
                        .timeout(SoakTopics.TIMEOUT)
                        .build();
            case "hazelcast" ->
                HazelcastStore.builder()
                        .client(true)
                        .clusterName(address.get(1))
                        .members(address.subList(2, address.size()))
                        .timeout(SoakTopics.TIMEOUT)
                        .build();
            default -> throw new IllegalArgumentException("Unknown store: " + address);
        };
    }
}
