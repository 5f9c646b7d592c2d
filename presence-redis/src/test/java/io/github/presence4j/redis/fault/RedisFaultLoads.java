package io.github.presence4j.redis.fault;

import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.ClusterSet;
import io.github.presence4j.testkit.fault.FaultLoad;
import io.github.presence4j.testkit.fault.TcpProxy;

/** Throngs on Redis. */
final class RedisFaultLoads {
    private static final int SHARDS = 4;
    /** The key of what the topic has only once on a cluster. */
    static final String HOME = "presence:{" + FaultLoad.TOPIC + "#0/" + SHARDS + "}:metadata";

    private RedisFaultLoads() {}

    /** On what is found at this URI. */
    static FaultLoad at(String uri) {
        return new FaultLoad(() -> RedisStore.builder().uri(uri).build());
    }

    /** On the other side of this way. */
    static FaultLoad through(TcpProxy proxy) {
        return at(uri(proxy));
    }

    /** Where Redis is found on the other side of this way. */
    static String uri(TcpProxy proxy) {
        return "redis://127.0.0.1:" + proxy.port();
    }

    /** On a cluster, in a topic of four shards. */
    static FaultLoad on(ClusterSet cluster) {
        return new FaultLoad(() -> RedisStore.builder()
                .uri(cluster.uri())
                .cluster(true)
                .topicShards(SHARDS)
                .build());
    }
}
