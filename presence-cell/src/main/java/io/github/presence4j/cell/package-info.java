/**
 * A topic's cell in plain Java, for backends that keep it in a JVM: {@link io.github.presence4j.cell.CellState} is told what time
 * it is and one thing after another, and decides who joins, leaves and times out. Where it is kept, who may come to it when, and
 * by which clock is the backend's business.
 */
@NullMarked
package io.github.presence4j.cell;

import org.jspecify.annotations.NullMarked;
