package io.github.presence4j.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The README and the Java in it. */
final class Readme {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private Readme() {}

    static Path root() {
        return Path.of(Objects.requireNonNull(System.getProperty("project.root"), "project.root"));
    }

    static List<String> snippets() throws IOException {
        return JAVA.matcher(Files.readString(root().resolve("README.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
