/**
 * A large topic in several cells, for backends that keep each cell in a different place. The package selects the cell of a
 * member, and makes one reset, one TTL, one order of events and one listing. A backend brings a
 * {@link io.github.presence4j.sharding.Shard} and a {@link io.github.presence4j.sharding.TopicMetadata}; their contracts,
 * and {@link io.github.presence4j.sharding.ShardedTopic}, do not depend on where the cells are kept.
 */
@NullMarked
package io.github.presence4j.sharding;

import org.jspecify.annotations.NullMarked;
