/** A load that goes on while something happens to a store, and what it saw of that. */
@NullMarked
package io.github.presence4j.testkit.fault;

import org.jspecify.annotations.NullMarked;
