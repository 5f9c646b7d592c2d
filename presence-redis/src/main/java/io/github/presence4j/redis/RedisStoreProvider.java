package io.github.presence4j.redis;

import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.PresenceStoreProvider;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

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
    private static final Set<String> KNOWN = Set.of("uri", "cluster", "topic-shards", "read-from", "ca-certificate");

    /** Called by {@link java.util.ServiceLoader}. */
    public RedisStoreProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PresenceStore create(PresenceConfig config) {
        Map<String, String> properties = config.properties(NAME, KNOWN);
        RedisStore.Builder builder = RedisStore.builder().timeout(config.timeout());
        set(properties, "uri", "a Redis URI such as redis://host:6379", text -> builder.uri(checked(text)));
        set(properties, "cluster", "true or false", text -> builder.cluster(bool(text)));
        set(properties, "topic-shards", "from 1 to 256", text -> builder.topicShards(Integer.parseInt(text)));
        set(
                properties,
                "read-from",
                "a ReadFrom of Lettuce, such as replicaPreferred",
                text -> builder.readFrom(ReadFrom.valueOf(text)));
        set(properties, "ca-certificate", "a PEM file", text -> builder.caCertificate(Path.of(text)));
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

    private static boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    /** The value itself is not shown: a URI may hold a password. */
    private static void set(Map<String, String> properties, String key, String expected, Consumer<String> setter) {
        String value = properties.get(key);
        if (value != null) {
            try {
                setter.accept(value);
            } catch (IllegalArgumentException e) {
                throw new PresenceConfigurationException(NAME + "." + key + " must be " + expected);
            }
        }
    }
}
