/** What is no throughput: what a server spends, what others wait, how late an event is, what a member weighs. */
@NullMarked
package io.github.presence4j.benchmarks.probe;

import org.jspecify.annotations.NullMarked;
