package io.github.presence4j.benchmarks.report;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A target: a bound for a score of ours, or for its ratio to another score.
 *
 * @param group the heading in the report
 * @param ours the score that is judged
 * @param rival the score it is divided by; null if the bound is for the score itself
 * @param compare how the two make a ratio
 * @param bound whether the number is the least or the most
 * @param number the bound
 * @param official whether it is a target of the design; the others are for comparison
 */
record Target(
        String group,
        Entry ours,
        @Nullable Entry rival,
        Compare compare,
        Bound bound,
        double number,
        boolean official) {
    /** What a mean by logarithms may be off. */
    private static final double ROUNDING = 1e-9;

    /** One score. */
    record Entry(String scenario, String contestant, String metric) {
        Optional<Measurement> in(RunResults results) {
            return results.find(scenario, contestant, metric);
        }

        /** The score of the same contestant in another scenario. */
        Entry of(String other) {
            return new Entry(other, contestant, metric);
        }
    }

    /** Which way up. */
    enum Compare {
        OURS_BY_RIVAL,
        RIVAL_BY_OURS
    }

    /** Which side is good. */
    enum Bound {
        AT_LEAST("≥"),
        AT_MOST("≤");

        final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    /** The ratio, or the score itself; nothing if it was not measured. */
    Optional<Ratio> ratio(RunResults results) {
        Optional<Measurement> mine = ours.in(results);
        if (rival == null) {
            return mine.map(score -> Ratio.of(whole(score)));
        }
        Optional<Measurement> theirs = rival.in(results);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                compare == Compare.OURS_BY_RIVAL
                        ? Ratio.of(mine.get(), theirs.get())
                        : Ratio.of(theirs.get(), mine.get()));
    }

    /** Objects have whole bytes; the harness adds a fraction of a byte to each call. */
    private static List<Double> whole(Measurement score) {
        return score.metric().equals(Measurement.ALLOCATION)
                ? score.rounds().stream().map(Math::rint).toList()
                : score.rounds();
    }

    /** By the point estimate, wherever the interval reaches. */
    boolean isMet(Ratio ratio) {
        double slack = ROUNDING * number;
        return bound == Bound.AT_LEAST ? ratio.value() >= number - slack : ratio.value() <= number + slack;
    }

    /** How good, so that 1 is the bound and more is better, whichever side is good. */
    double merit(double value) {
        return bound == Bound.AT_LEAST ? value / number : number / value;
    }

    Target besides() {
        return new Target(group, ours, rival, compare, bound, number, false);
    }
}
