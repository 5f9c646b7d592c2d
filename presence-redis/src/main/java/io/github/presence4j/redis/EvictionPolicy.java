package io.github.presence4j.redis;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Asks a server once whether it may evict keys when its memory is full. */
final class EvictionPolicy {
    private static final System.Logger LOG = System.getLogger(EvictionPolicy.class.getName());
    private static final String FIELD = "maxmemory_policy:";
    private static final String SAFE = "noeviction";

    private EvictionPolicy() {}

    /** Logs a warning if it may. A server that may not be asked, or does not say, is no error. */
    static void warn(Link link) {
        CompletionStage<Optional<String>> policy =
                link.primary().onFirstConnection(redis -> redis.info("memory")).thenApply(EvictionPolicy::of);
        policy.thenAccept(found -> found.filter(name -> !name.equals(SAFE))
                .ifPresent(name -> LOG.log(
                        System.Logger.Level.WARNING,
                        "Redis has maxmemory-policy {0}: when its memory is full it removes members that are live. Set"
                                + " maxmemory-policy noeviction, or use a server of its own for presence.",
                        name)));
    }

    static Optional<String> of(String info) {
        return info.lines()
                .filter(line -> line.startsWith(FIELD))
                .map(line -> line.substring(FIELD.length()).strip())
                .findFirst();
    }
}
