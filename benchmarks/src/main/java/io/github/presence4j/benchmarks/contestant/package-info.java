/** Who takes part, each behind the same small face, and the servers they need. */
@NullMarked
package io.github.presence4j.benchmarks.contestant;

import org.jspecify.annotations.NullMarked;
