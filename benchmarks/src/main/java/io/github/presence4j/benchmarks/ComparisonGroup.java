package io.github.presence4j.benchmarks;

import java.util.List;

/**
 * Lanes that are compared with each other, and so take turns: in each round each lane once.
 *
 * @param lanes in the order of their turns
 * @param rounds how many
 */
record ComparisonGroup(List<BenchmarkCase> lanes, int rounds) {}
