package io.github.presence4j.redis.fault;

import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.ClusterSet;
import io.github.presence4j.testkit.fault.LinkProxy;
import io.github.presence4j.testkit.fault.Throng;

/** Throngs on Redis. */
final class RedisFaultLoads {
    private static final int SHARDS = 4;
    /** The key of what the topic has only once on a cluster. */
    static final String HOME = "presence:{" + Throng.TOPIC + "#0/" + SHARDS + "}:home";

    private RedisFaultLoads() {}

    /** On what is found at this URI. */
    static Throng at(String uri) {
        return new Throng(() -> RedisStore.builder().uri(uri).build());
    }

    /** On the other side of this way. */
    static Throng through(LinkProxy proxy) {
        return at(uri(proxy));
    }

    /** Where Redis is found on the other side of this way. */
    static String uri(LinkProxy proxy) {
        return "redis://127.0.0.1:" + proxy.port();
    }

    /** On a cluster, in a topic of four shards. */
    static Throng on(ClusterSet cluster) {
        return new Throng(() -> RedisStore.builder()
                .uri(cluster.uri())
                .cluster(true)
                .topicShards(SHARDS)
                .build());
    }
}
