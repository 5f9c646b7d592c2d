package io.github.presence4j.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {
    private static Measurement score(Double... rounds) {
        return new Measurement("scenario", "contestant", Measurement.CALLS, List.of(rounds));
    }

    @Test
    void aHostThatIsSlowForARoundIsSlowForBoth() {
        Ratio ratio = Ratio.of(score(300.0, 30.0, 600.0), score(100.0, 10.0, 200.0));

        assertThat(ratio.value()).isCloseTo(3, within(1e-9));
        assertThat(ratio.low()).isCloseTo(3, within(1e-9));
        assertThat(ratio.high()).isCloseTo(3, within(1e-9));
    }

    /** By hand: the logarithms of 1, 2 and 4 have the mean ln 2 and the deviation ln 2; t of 2 degrees is 4.3027. */
    @Test
    void theIntervalIsStudentsOverTheRoundsLogarithms() {
        Ratio ratio = Ratio.of(score(1.0, 2.0, 4.0), score(1.0, 1.0, 1.0));

        double reach = Math.exp(4.3027 * Math.log(2) / Math.sqrt(3));
        assertThat(ratio.value()).isCloseTo(2, within(1e-9));
        assertThat(ratio.low()).isCloseTo(2 / reach, within(1e-3));
        assertThat(ratio.high()).isCloseTo(2 * reach, within(1e-2));
        assertThat(ratio.includes(1.5)).isTrue();
    }

    @Test
    void oneRoundTellsNothingAboutAnother() {
        assertThat(Ratio.of(score(3.0), score(2.0)).isKnown()).isFalse();
    }

    @Test
    void nothingAtAllHasNoLogarithm() {
        Ratio ratio = Ratio.of(List.of(0.0, 0.0));

        assertThat(ratio.value()).isZero();
        assertThat(ratio.high()).isZero();
    }
}
