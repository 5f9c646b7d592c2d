package io.github.presence4j.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The observations of a load during a fault. Immutable, but for its collections.
 *
 * @param calls the number of calls
 * @param failed the number of calls that failed with an exception of presence4j
 * @param longestFailed the duration of the longest of those
 * @param wrong answers that missed a member
 * @param foreign other exceptions
 * @param unnamed failures that were not reported as an outage, at most twenty
 * @param violations events that broke a rule of order: twice or out of order, not alternating, or too early
 * @param skips events before which others were missed, so that the difference was delivered
 * @param back the time from the end of the fault until calls succeeded
 * @param equal the time from the end of the load until all views equalled the store's
 */
public record FaultReport(
        long calls,
        long failed,
        Duration longestFailed,
        List<String> wrong,
        List<Throwable> foreign,
        Set<String> unnamed,
        Set<String> violations,
        Set<String> skips,
        Duration back,
        Duration equal) {
    private static final Path TABLE = Path.of("target", "faults.md");
    private static final Duration SLACK = Duration.ofMillis(500);

    /**
     * Adds a row to the table {@code target/faults.md}, and requires what holds for every fault.
     *
     * @param fault the name of the fault
     * @throws UncheckedIOException if the table cannot be written
     */
    public void require(String fault) {
        write("| %s | %d | %d | %d ms | %d | %d ms | %d ms |%n"
                .formatted(
                        fault,
                        calls,
                        failed,
                        longestFailed.toMillis(),
                        wrong.size(),
                        back.toMillis(),
                        equal.toMillis()));
        assertThat(foreign).as("E6").isEmpty();
        assertThat(unnamed).as("E7: an outage that was not reported as one").isEmpty();
        assertThat(wrong).as("answers that miss somebody").isEmpty();
        assertThat(longestFailed).as("E2").isLessThan(FaultLoad.TIMEOUT.plus(SLACK));
        assertThat(violations).as("W2, W3, W4").isEmpty();
    }

    /** Requires that watchers received every single event, as no data and no log was lost. */
    public void requireEveryEvent() {
        assertThat(skips).as("W2, W5: events that were not told").isEmpty();
    }

    private static void write(String row) {
        try {
            Files.writeString(TABLE, row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
