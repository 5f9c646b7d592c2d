package io.github.presence4j.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.inmemory.InMemoryStore;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Compiles and runs the Java in the README, as a stranger would. */
class ReadmeTest {
    private static final String IMPORTS = """
            import static org.assertj.core.api.Assertions.*;
            import io.github.presence4j.*;
            import io.github.presence4j.inmemory.*;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.ConcurrentHashMap;
            import java.util.concurrent.atomic.AtomicLong;
            """;
    private static final String SPRING_IMPORTS = """
            import org.springframework.context.annotation.Bean;
            import org.springframework.context.annotation.Configuration;
            import org.springframework.core.env.Environment;
            """;
    private static final String SPRING = "@Configuration";
    private static final String OUTAGE = "catch (PresenceUnavailableException";

    @TempDir
    Path classes;

    @Test
    void everySnippetCompilesAndRuns() throws Exception {
        List<String> snippets = snippets(SPRING, false);
        assertThat(snippets).hasSizeGreaterThan(3);
        for (int i = 0; i < snippets.size(); i++) {
            try (InMemoryStore store = InMemoryStore.builder().build()) {
                run("Snippet" + i, snippets.get(i), store);
            }
        }
    }

    /** On a closed store, whose calls fail as in an outage. */
    @Test
    void theSnippetForAnOutageHandlesOne() throws Exception {
        List<String> snippets = snippets(OUTAGE, true);
        assertThat(snippets).hasSize(1);
        InMemoryStore store = InMemoryStore.builder().build();
        store.close();
        try (Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            assertThatThrownBy(() -> presence.topic("room").count()).isInstanceOf(PresenceUnavailableException.class);
        }
        run("Outage", snippets.get(0), store);
    }

    @Test
    void theSpringSnippetStartsAndStops() throws Exception {
        List<String> snippets = snippets(SPRING, true);
        assertThat(snippets).hasSize(1);
        SnippetCompiler compiler = new SnippetCompiler(classes);
        compiler.compile("PresenceSetup", IMPORTS + SPRING_IMPORTS + snippets.get(0));
        Presence presence;
        try (URLClassLoader loader = compiler.loader();
                AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext()) {
            spring.register(loader.loadClass("PresenceSetup"));
            spring.refresh();
            presence = spring.getBean(Presence.class);
            assertThat(spring.getBean(PresenceTopic.class).touch("ana")).isTrue();
        }
        assertThatThrownBy(() -> presence.topic("room")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theHandlerTellsEveryEventApart() throws Exception {
        String handler = String.join("\n", snippets("instanceof PresenceEvent.", true));
        assertThat(kinds(PresenceEvent.class))
                .hasSizeGreaterThan(5)
                .allSatisfy(kind -> assertThat(handler).contains("instanceof PresenceEvent." + kind.getSimpleName()));
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null ? Stream.of(type) : Stream.of(permitted).flatMap(ReadmeTest::kinds);
    }

    private static List<String> snippets(String mark, boolean marked) throws Exception {
        return Readme.blocks("java").stream()
                .filter(snippet -> snippet.contains(mark) == marked)
                .toList();
    }

    private void run(String name, String snippet, InMemoryStore store) throws Exception {
        SnippetCompiler compiler = new SnippetCompiler(classes);
        compiler.compile(name, IMPORTS + """
                public class %s extends io.github.presence4j.checks.ReadmeSnippet {
                    public %s(Presence presence) {
                        super(presence);
                    }

                    @Override
                    public void run() throws Exception {
                %s
                    }
                }
                """.formatted(name, name, snippet));
        try (URLClassLoader loader = compiler.loader();
                Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            ReadmeSnippet program = (ReadmeSnippet)
                    loader.loadClass(name).getConstructor(Presence.class).newInstance(presence);
            program.run();
        }
    }
}
