/**
 * A topic's cell in plain Java, for backends that keep it in a JVM. {@link io.github.presence4j.cell.CellState} receives
 * the time and one call after another, and decides which members join, leave and time out. The backend decides where to
 * keep the cell, how to lock it, and which clock to use.
 */
@NullMarked
package io.github.presence4j.cell;

import org.jspecify.annotations.NullMarked;
