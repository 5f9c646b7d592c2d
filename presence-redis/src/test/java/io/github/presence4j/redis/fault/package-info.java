@NullMarked
package io.github.presence4j.redis.fault;

import org.jspecify.annotations.NullMarked;
