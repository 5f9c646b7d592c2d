package io.github.presence4j.benchmarks.report;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A ratio of two scores, or one score by itself, with its confidence interval.
 *
 * <p>Contestants take turns, so their numbers of one round are close together in time. The ratio is taken within each
 * round, and the rounds' ratios are averaged by their logarithms (the geometric mean); Student's t over the rounds gives
 * the interval. So a host that is slow for a while is slow for both, and cancels out; and a round, not an iteration, is the
 * unit, because iterations in one JVM share what its compiler happened to do.
 *
 * @param value the geometric mean over the rounds
 * @param low the lower end of the 95 % interval; 0 for a single round, which says nothing about it
 * @param high the upper end; infinite for a single round
 */
record Ratio(double value, double low, double high) {
    private static final double TWO_SIDED_95 = 0.975;

    static Ratio of(Measurement ours, Measurement rival) {
        int rounds = Math.min(ours.rounds().size(), rival.rounds().size());
        return of(IntStream.range(0, rounds)
                .mapToObj(round -> ours.rounds().get(round) / rival.rounds().get(round))
                .toList());
    }

    /** Numbers near zero, such as no allocation at all, have no logarithm worth the name: then it is the plain mean. */
    static Ratio of(List<Double> rounds) {
        double[] values = rounds.stream().mapToDouble(Double::doubleValue).toArray();
        boolean plain = IntStream.range(0, values.length).anyMatch(i -> values[i] < 1e-3);
        double[] scale = plain
                ? values
                : IntStream.range(0, values.length)
                        .mapToDouble(i -> Math.log(values[i]))
                        .toArray();
        double mean = StatUtils.mean(scale);
        double reach = reach(scale);
        return plain
                ? new Ratio(mean, mean - reach, mean + reach)
                : new Ratio(Math.exp(mean), Math.exp(mean - reach), Math.exp(mean + reach));
    }

    private static double reach(double[] scale) {
        if (scale.length < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double t = new TDistribution(scale.length - 1).inverseCumulativeProbability(TWO_SIDED_95);
        return t * Math.sqrt(StatUtils.variance(scale) / scale.length);
    }

    boolean isKnown() {
        return !Double.isInfinite(high);
    }

    /** Whether the interval holds a number, so that another run might fall on its other side. */
    boolean includes(double number) {
        return low <= number && number <= high;
    }
}
