/** Real Redis servers for tests: started, killed, frozen, cut off, and failed over. */
@NullMarked
package io.github.presence4j.redis.server;

import org.jspecify.annotations.NullMarked;
