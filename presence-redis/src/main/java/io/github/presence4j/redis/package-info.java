/** Presence in Redis, on Lettuce. */
@NullMarked
package io.github.presence4j.redis;

import org.jspecify.annotations.NullMarked;
