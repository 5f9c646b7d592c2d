/** Presence within one process: {@link io.github.presence4j.inmemory.InMemoryStore}. */
@NullMarked
package io.github.presence4j.inmemory;

import org.jspecify.annotations.NullMarked;
