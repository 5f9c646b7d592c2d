package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * A suite that passes everything proves nothing: each broken store must fail it, at the rule it breaks. All stores take four
 * minutes of two processors, so a plain build runs every fourth.
 */
class BrokenStoresTest {
    /** The tests mostly wait, so a few runs at a time cost little more than one. */
    private static final int RUNS = 8;

    private static final int EVERY = Integer.getInteger("presence.test.broken.every", 1);

    private static final Path TABLE = Path.of("target", "broken-stores.md");

    /** How the suite went on one broken store: the names of the tests that failed. */
    private record Verdict(BrokenStore broken, List<String> failed, long tests) {
        List<String> caught() {
            return failed.stream()
                    .filter(test -> test.startsWith(broken.rule()))
                    .toList();
        }

        String row() {
            String rule = caught().isEmpty()
                    ? "**none**"
                    : broken.rule().replace("_", "").toUpperCase(Locale.ROOT);
            return "| " + broken.what() + " | " + rule + " | `" + String.join("`, `", failed) + "` |\n";
        }
    }

    @Test
    void everyBrokenStoreFailsAtTheRuleItBreaks() throws IOException {
        List<Verdict> verdicts = verdicts();
        StringBuilder table =
                new StringBuilder("| broken store | rule that caught it | failing tests |\n|---|---|---|\n");
        verdicts.forEach(verdict -> table.append(verdict.row()));
        Files.writeString(TABLE, table);
        System.out.println(table);
        assertThat(verdicts).allSatisfy(verdict -> {
            assertThat(verdict.caught())
                    .as(
                            "%s: tests of %s that failed",
                            verdict.broken().what(), verdict.broken().rule())
                    .isNotEmpty();
            assertThat((long) verdict.failed().size())
                    .as("%s: failed tests %s", verdict.broken().what(), verdict.failed())
                    .isLessThan(verdict.tests() / 3);
        });
    }

    private static List<Verdict> verdicts() {
        ExecutorService runs = Executors.newFixedThreadPool(RUNS);
        try {
            List<CompletableFuture<Verdict>> underWay = IntStream.range(
                            0, BrokenStore.all().size())
                    .filter(index -> index % EVERY == 0)
                    .mapToObj(index -> CompletableFuture.supplyAsync(() -> run(index), runs))
                    .toList();
            return underWay.stream().map(CompletableFuture::join).toList();
        } finally {
            runs.shutdown();
        }
    }

    private static Verdict run(int index) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .configurationParameter(BrokenStoreKit.INDEX, String.valueOf(index))
                .selectors(selectClass(BrokenStoreKit.class))
                .execute();
        List<String> failed = results.testEvents().failed().stream()
                .map(BrokenStoresTest::name)
                .sorted()
                .toList();
        return new Verdict(
                BrokenStore.all().get(index),
                failed,
                results.testEvents().finished().count());
    }

    private static String name(Event event) {
        String display = event.getTestDescriptor().getDisplayName();
        return display.substring(0, display.indexOf('('));
    }
}
