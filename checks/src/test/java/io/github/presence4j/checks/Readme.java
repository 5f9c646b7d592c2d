package io.github.presence4j.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The README and the code in it. */
final class Readme {
    private Readme() {}

    static Path root() {
        return Path.of(Objects.requireNonNull(System.getProperty("project.root"), "project.root"));
    }

    static String text() throws IOException {
        return Files.readString(root().resolve("README.md"));
    }

    /** Returns the content of each code block of a language, such as {@code java} or {@code xml}. */
    static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
