package io.github.presence4j.redis;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Checks once whether a server may evict keys when its memory is full. */
final class EvictionPolicy {
    private static final System.Logger LOG = System.getLogger(EvictionPolicy.class.getName());
    private static final String FIELD = "maxmemory_policy:";
    private static final String SAFE = "noeviction";

    private EvictionPolicy() {}

    /** Logs a warning if the server may evict keys. Does nothing if the server does not report its policy. */
    static void warn(RedisConnections link) {
        CompletionStage<Optional<String>> policy =
                link.primary().onFirstConnection(redis -> redis.info("memory")).thenApply(EvictionPolicy::of);
        policy.thenAccept(found -> found.filter(name -> !name.equals(SAFE))
                .ifPresent(name -> LOG.log(
                        System.Logger.Level.WARNING,
                        "Redis has maxmemory-policy {0}: when its memory is full, Redis evicts live members. Set"
                                + " maxmemory-policy noeviction, or use a separate server for presence.",
                        name)));
    }

    static Optional<String> of(String info) {
        return info.lines()
                .filter(line -> line.startsWith(FIELD))
                .map(line -> line.substring(FIELD.length()).strip())
                .findFirst();
    }
}
