/**
 * A big topic in several cells, for backends that keep each cell somewhere else: who is in which, one reset, one TTL, one order of
 * events, one listing. A backend brings a {@link io.github.presence4j.sharding.Shard} and a
 * {@link io.github.presence4j.sharding.TopicMetadata}; what they have to promise, and what
 * {@link io.github.presence4j.sharding.ShardedTopic} makes of it, knows nothing of where they lie.
 */
@NullMarked
package io.github.presence4j.sharding;

import org.jspecify.annotations.NullMarked;
