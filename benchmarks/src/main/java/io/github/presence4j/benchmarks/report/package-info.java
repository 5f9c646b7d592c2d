/** From measurements to a text and pictures that say which targets were met. */
@NullMarked
package io.github.presence4j.benchmarks.report;

import org.jspecify.annotations.NullMarked;
