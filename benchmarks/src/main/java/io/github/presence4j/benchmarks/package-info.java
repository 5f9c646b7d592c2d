/** Every backend through its public API, beside what people would use instead. */
@NullMarked
package io.github.presence4j.benchmarks;

import org.jspecify.annotations.NullMarked;
