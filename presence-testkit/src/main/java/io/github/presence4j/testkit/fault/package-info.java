/** A load that runs during a fault of a store, and the report of its observations. */
@NullMarked
package io.github.presence4j.testkit.fault;

import org.jspecify.annotations.NullMarked;
