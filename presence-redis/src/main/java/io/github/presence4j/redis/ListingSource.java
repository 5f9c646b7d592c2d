package io.github.presence4j.redis;

import java.util.function.BooleanSupplier;

/**
 * Where the counts and listings of one topic are read. A watcher rests on the pages that it reads. So pages of a topic that is
 * watched through this store come from the primary, whatever is configured (rule W5: after a gap a watcher reads the topic again).
 *
 * @param link the connections
 * @param hasReplicas whether the application lets replicas answer counts and listings
 * @param isWatched whether the topic is watched through this store now; asked for every page
 */
record ListingSource(RedisConnections link, boolean hasReplicas, BooleanSupplier isWatched) {

    CommandQueue<?> ofCounts() {
        return link.listings();
    }

    CommandQueue<?> ofPages() {
        return hasReplicas && isWatched.getAsBoolean() ? link.primary() : link.listings();
    }
}
