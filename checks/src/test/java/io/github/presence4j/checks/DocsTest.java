package io.github.presence4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The links between the docs, and the length of their lines. */
class DocsTest {
    private static final int MAX_LINE = 120;
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern NAMED_IN_CODE = Pattern.compile("\\bdocs/[\\w/-]+\\.md\\b");

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Readme.root())) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> !file.toString().contains("/node_modules/"))
                    .toList();
        }
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : files(".md")) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(file)).results().toList()) {
                if (!link.group(1).contains(":") && !exists(file, link.group(1))) {
                    broken.add(file + " -> " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyDocThatCodeNamesIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path file : files(".java")) {
            for (MatchResult name :
                    NAMED_IN_CODE.matcher(Files.readString(file)).results().toList()) {
                if (!Files.exists(Readme.root().resolve(name.group()))) {
                    missing.add(file + " -> " + name.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Tables, code and records of decisions may be longer; the benchmarks write their own page. */
    @Test
    void linesAreWrapped() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files(".md")) {
            if (file.getParent().endsWith("adr") || file.endsWith("benchmarks.md")) {
                continue;
            }
            boolean code = false;
            for (String line : Files.readAllLines(file)) {
                code ^= line.startsWith("```");
                if (!code && !line.startsWith("|") && line.length() > MAX_LINE) {
                    tooLong.add(file + ": " + line);
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static boolean exists(Path from, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || anchors(target).contains(parts[1]);
    }

    /** The anchors of headings, as GitHub makes them. */
    private static List<String> anchors(Path file) throws IOException {
        return HEADING.matcher(Files.readString(file))
                .results()
                .map(heading -> heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
