package io.github.presence4j.soak;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** Servers of a store, and what can happen to them. */
interface Backend extends AutoCloseable {
    /** How the processes find it; see {@link Stores}. */
    List<String> address();

    /** Something happens, and is over; what it was. */
    String disturb(Random random);

    /** What it takes, by name. */
    Map<String, Long> measure();

    @Override
    void close();

    static Backend start(String kind) {
        return switch (kind) {
            case "redis" -> new RedisBackend();
            case "hazelcast" -> new HazelcastBackend();
            default -> throw new IllegalArgumentException("soak.backend is neither redis nor hazelcast: " + kind);
        };
    }
}
