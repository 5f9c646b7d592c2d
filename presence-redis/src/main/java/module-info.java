/** Presence in Redis or Valkey. */
module io.github.presence4j.redis {
    requires static org.jspecify;
    requires transitive io.github.presence4j.api;
    requires transitive lettuce.core;
    requires io.github.presence4j.sharding;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;

    exports io.github.presence4j.redis;

    provides io.github.presence4j.spi.PresenceStoreProvider with
            io.github.presence4j.redis.RedisStoreProvider;
}
