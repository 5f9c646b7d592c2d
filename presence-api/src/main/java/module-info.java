/** The presence API for applications and the SPI for backends. */
module io.github.presence4j.api {
    requires static transitive org.jspecify;

    exports io.github.presence4j;
    exports io.github.presence4j.spi;

    uses io.github.presence4j.spi.PresenceStoreProvider;
}
