/** Presence on a Hazelcast cluster. */
module io.github.presence4j.hazelcast {
    requires static org.jspecify;
    requires transitive com.hazelcast.core;
    requires transitive io.github.presence4j.api;
    requires io.github.presence4j.cell;

    exports io.github.presence4j.hazelcast;

    provides io.github.presence4j.spi.PresenceStoreProvider with
            io.github.presence4j.hazelcast.HazelcastStoreProvider;
    provides com.hazelcast.internal.serialization.DataSerializerHook with
            io.github.presence4j.hazelcast.PresenceDataSerializerHook;
}
