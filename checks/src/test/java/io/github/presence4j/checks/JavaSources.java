package io.github.presence4j.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** The main sources of the published modules, as text and as the compiler reads them. */
final class JavaSources {
    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "(?s)(/\\*.*?\\*/|//[^\\n]*)|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'");
    private static final Pattern EXPORTS = Pattern.compile("exports ([\\w.]+);");

    private JavaSources() {}

    /** Returns all files of the modules that have a {@code module-info}, which are the published ones. */
    static List<Path> published() throws IOException {
        try (Stream<Path> modules = Files.list(Readme.root())) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(sources -> Files.exists(sources.resolve("module-info.java")))
                    .flatMap(JavaSources::files)
                    .toList();
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the packages that the {@code module-info} files among these sources export. */
    static List<String> exports(List<Path> files) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            if (file.endsWith("module-info.java")) {
                text.append(Files.readString(file));
            }
        }
        return EXPORTS.matcher(text).results().map(export -> export.group(1)).toList();
    }

    /** Returns the comments in a Java source, without those that only seem to be in a string. */
    static List<String> comments(String source) {
        return COMMENT_OR_LITERAL
                .matcher(source)
                .results()
                .flatMap(match -> Stream.ofNullable(match.group(1)))
                .toList();
    }

    /** Makes a source file of a text. */
    static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
