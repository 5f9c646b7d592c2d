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
 * What a load saw of a fault.
 *
 * @param calls how many calls were made
 * @param failed how many failed with an exception of presence4j
 * @param longestFailed the longest of those
 * @param wrong answers that missed a member
 * @param foreign other exceptions
 * @param unnamed failures that were not reported as an outage (E7), at most twenty
 * @param violations events that broke W2, W3 or W4
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
