package io.github.presence4j.redis;

import io.github.presence4j.PresenceConfig;
import io.github.presence4j.spi.BackendProperties;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.PresenceStoreProvider;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/**
 * Makes a {@link RedisStore} under the name {@code redis}. Properties, each named as the builder's method:
 *
 * <ul>
 *   <li>{@code redis.uri}: {@link RedisStore.Builder#uri}
 *   <li>{@code redis.cluster}: {@code true} or {@code false}
 *   <li>{@code redis.topic-shards}: 1 to 256
 *   <li>{@code redis.read-from}: {@code upstream}, {@code replica}, {@code replicaPreferred}, {@code any}, ...
 *   <li>{@code redis.ca-certificate}: a PEM file
 * </ul>
 *
 * <p>The connection's timeouts are {@link PresenceConfig#timeout}.
 */
public final class RedisStoreProvider implements PresenceStoreProvider {
    static final String NAME = "redis";

    /** Called by {@link java.util.ServiceLoader}. */
    public RedisStoreProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> propertyKeys() {
        return Set.of("uri", "cluster", "topic-shards", "read-from", "ca-certificate");
    }

    @Override
    public PresenceStore create(PresenceConfig config, BackendProperties properties) {
        RedisStore.Builder builder = RedisStore.builder().timeout(config.timeout());
        properties
                .secret("uri", "a Redis URI such as redis://host:6379", RedisStoreProvider::checked)
                .ifPresent(builder::uri);
        properties.bool("cluster").ifPresent(builder::cluster);
        properties.integer("topic-shards", 1, RedisStore.Builder.MAX_SHARDS).ifPresent(builder::topicShards);
        properties
                .parsed("read-from", "a ReadFrom of Lettuce, such as replicaPreferred", ReadFrom::valueOf)
                .ifPresent(builder::readFrom);
        properties.parsed("ca-certificate", "a PEM file", Path::of).ifPresent(builder::caCertificate);
        return builder.build();
    }

    /** Also where several hosts of a cluster are given; Sentinel's URIs are parsed by their own rules. */
    private static String checked(String uri) {
        if (uri.contains("sentinel")) {
            RedisURI.create(uri);
        } else {
            RedisClusterURIUtil.toRedisURIs(URI.create(uri));
        }
        return uri;
    }
}
