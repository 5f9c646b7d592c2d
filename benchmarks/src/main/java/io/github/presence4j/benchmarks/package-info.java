/** Benchmarks of every backend through its public API, and of the alternatives to it. */
@NullMarked
package io.github.presence4j.benchmarks;

import org.jspecify.annotations.NullMarked;
