package io.github.presence4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every source file owes its reader, tests included. */
class SourcesTest {
    private static final int MAX_LINES = 300;
    private static final Pattern SLEEPS = Pattern.compile("Thread\\.sleep|TimeUnit\\.\\w+\\.sleep");
    private static final Pattern SKIPS = Pattern.compile("@Disabled|Assumptions\\.|\\bassumeT");

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Readme.root())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> !file.endsWith("SourcesTest.java"))
                    .toList();
        }
    }

    @Test
    void noFileIsTooLongToReadAtOnce() throws IOException {
        assertThat(sources())
                .hasSizeGreaterThan(50)
                .allSatisfy(file ->
                        assertThat(Files.readAllLines(file)).as("%s", file).hasSizeLessThanOrEqualTo(MAX_LINES));
    }

    @Test
    void noTestSleepsOrIsSkipped() throws IOException {
        assertThat(sources())
                .allSatisfy(file -> assertThat(Files.readString(file))
                        .as("%s", file)
                        .doesNotContainPattern(SLEEPS)
                        .doesNotContainPattern(SKIPS));
    }
}
