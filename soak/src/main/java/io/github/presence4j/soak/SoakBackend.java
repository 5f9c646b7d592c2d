package io.github.presence4j.soak;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** The servers of a store, and the faults that can be caused. */
interface SoakBackend extends AutoCloseable {
    /** Returns the address for the processes; see {@link StoreOpener}. */
    List<String> address();

    /** Causes a fault, waits until it has ended, and returns its description. */
    String disturb(Random random);

    /** Returns the resources in use, by name. */
    Map<String, Long> measure();

    @Override
    void close();

    static SoakBackend start(String kind) {
        return switch (kind) {
            case "redis" -> new RedisBackend();
            case "hazelcast" -> new HazelcastBackend();
            default -> throw new IllegalArgumentException("soak.backend is neither redis nor hazelcast: " + kind);
        };
    }
}
