package io.github.presence4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The style of comments in CONTRIBUTING.md, as far as a machine can judge it. */
class JavadocTest {
    /** Words for persons that mean data, words that mean nothing in the field, and the history of the project. */
    private static final Pattern WORDS = Pattern.compile(
            "(?i)\\b(whoever|nobody|somebody|told|tells|beside|meanwhile|anew|lapse[sd]?|(of )?those who|goes on|stands at"
                    + "|comes to|is over|the (seed|design))\\b");

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    @Test
    void commentsUseTheWordsOfTheField() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : JavaSources.published()) {
            words(Files.readString(file)).forEach(word -> found.add(file + ": " + word));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void publicJavadocStandsAlone() throws IOException {
        List<Path> files = JavaSources.published();
        try (StandardJavaFileManager manager = COMPILER.getStandardFileManager(null, null, null)) {
            List<Path> types = files.stream()
                    .filter(file -> !file.endsWith("module-info.java"))
                    .toList();
            assertThat(problems(manager.getJavaFileObjectsFromPaths(types), JavaSources.exports(files)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** Whoever asks is told. */",
                "// nobody is here",
                "/** What is said\n * anew, of\n * the seed. */",
                "int a; /* those who left */"
            })
    void aWordIsFoundInAnyComment(String source) {
        assertThat(words(source)).isNotEmpty();
    }

    @Test
    void aWordIsNotFoundInCode() {
        assertThat(words("String told = \"/* nobody */\"; char c = '\"'; // plain"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`public void a() {}` | has no javadoc",
                "`/** Does it. */ public void a(int x) {}` | lacks @param x",
                "`/** Does it. */ public int a() { return 1; }` | lacks @return",
                "`/** Does it. @param x who */ public void a(int x) {}` | lacks @param x",
                "`/** Does it.\n * @param x who */ public void a(int x) {}` | says too little: @param x who",
                "`/** Does it.\n * @return done */ public int a() { return 1; }` | says too little: @return done",
                "`/** Does it (W5). */ public void a() {}` | names rule W5 without its meaning",
                "`/** Does it (rule W5). */ public void a() {}` | names rule W5 without its meaning",
                "`/** Does it (W5: no loss). */ public void a() {}` | names rule W5 without its meaning",
                "`/** Does it. */ public void a() { throw new IllegalStateException(); }` | lacks @throws",
                "`/** Does it. */ public void a() { b(); } void b() { throw new IllegalStateException(); }` | lacks @throws",
                "`/** Does it. */ public void a() throws java.io.IOException {}` | lacks @throws",
                "`/** Does it. */ protected void a() { try { b(); } catch (RuntimeException e) { throw e; } }"
                        + " void b() { throw new IllegalStateException(); }` | lacks @throws",
            })
    void whatPublicJavadocLacksIsFound(String member, String problem) throws IOException {
        assertThat(problems("/** A type. */ public class A { private A() {} " + member + "}"))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** {@return the number, 0 or more} */ public int a() { return 1; }",
                "/** Does it (rule W5: no loss is silent). */ public void a() {}",
                "@Override public String toString() { return \"\"; }",
                "void a(int x) { throw new IllegalStateException(); }",
                "/** Does it.\n * @throws RuntimeException if closed */ public void a() { throw new IllegalStateException(); }",
                "/** Does it. */ public void a() { throw new IllegalCallerException(); }",
                "/** Does it. */ public void a() { b(1); } void b(int x) { throw new IllegalArgumentException(); }",
                "/** Does it. */ public Runnable a; private class B { public void b(int x) {} }",
                "/** Does it. */ public void a() { try { b(); } catch (RuntimeException e) { return; } }"
                        + " void b() { throw new IllegalStateException(); }"
            })
    void whatIsEnoughPasses(String member) throws IOException {
        assertThat(problems(
                        "/** A type.\n * <ul><li>{@link IllegalCallerException} once closed</ul> */ public class A {"
                                + " private A() {} " + member + "}"))
                .isEmpty();
    }

    private static List<String> words(String source) {
        return JavaSources.comments(source).stream()
                .map(comment -> comment.replaceAll("\\s+[*/ ]*", " "))
                .flatMap(comment -> WORDS.matcher(comment).results().map(MatchResult::group))
                .toList();
    }

    private static List<String> problems(String source) throws IOException {
        return problems(List.of(JavaSources.source("A", "package p; " + source)), Set.of("p"));
    }

    private static List<String> problems(Iterable<? extends JavaFileObject> files, Iterable<String> packages)
            throws IOException {
        List<String> options = List.of("-proc:none", "-cp", System.getProperty("java.class.path"));
        StringWriter messages = new StringWriter();
        JavacTask task = (JavacTask) COMPILER.getTask(messages, null, null, options, null, files);
        return PublicJavadoc.problems(task, packages);
    }
}
