/** Presence on a Hazelcast cluster: {@link io.github.presence4j.hazelcast.HazelcastStore}. */
@NullMarked
package io.github.presence4j.hazelcast;

import org.jspecify.annotations.NullMarked;
