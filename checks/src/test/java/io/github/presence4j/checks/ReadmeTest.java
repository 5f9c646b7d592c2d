package io.github.presence4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java in the README, as a stranger would. */
class ReadmeTest {
    private static final String IMPORTS = """
            import io.github.presence4j.*;
            import io.github.presence4j.inmemory.*;
            import java.time.Duration;
            import java.util.*;
            """;

    @TempDir
    Path classes;

    @Test
    void everySnippetCompilesAndRuns() throws Exception {
        List<String> snippets = Readme.snippets();
        assertThat(snippets).isNotEmpty();
        for (int i = 0; i < snippets.size(); i++) {
            run("Snippet" + i, snippets.get(i));
        }
    }

    private void run(String name, String snippet) throws Exception {
        String source = IMPORTS + "public class " + name + " implements java.util.concurrent.Callable<Object> {\n"
                + "public Object call() throws Exception {\n" + snippet + "\nreturn true;\n}\n}\n";
        compile(name, source);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Callable<?> program = (Callable<?>)
                    loader.loadClass(name).getDeclaredConstructor().newInstance();
            assertThat(program.call()).isEqualTo(true);
        }
    }

    private void compile(String name, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file))
                .call();
        assertThat(compiled).as("%s%n%s", source, messages).isTrue();
    }
}
