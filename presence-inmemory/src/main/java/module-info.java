/** Presence within one process. */
module io.github.presence4j.inmemory {
    requires static org.jspecify;
    requires transitive com.github.benmanes.caffeine;
    requires transitive io.github.presence4j.api;
    requires io.github.presence4j.cell;

    exports io.github.presence4j.inmemory;

    provides io.github.presence4j.spi.PresenceStoreProvider with
            io.github.presence4j.inmemory.InMemoryStoreProvider;
}
