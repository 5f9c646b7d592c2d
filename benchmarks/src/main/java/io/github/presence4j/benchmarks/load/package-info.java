/** How much of everything, whose turn it is, and how many calls at once. */
@NullMarked
package io.github.presence4j.benchmarks.load;

import org.jspecify.annotations.NullMarked;
