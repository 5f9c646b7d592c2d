package io.github.presence4j.soak;

import io.github.presence4j.testkit.fault.ProcessRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that answers each line with one line. */
final class ChildJvm implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions =
                new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    }

    static ChildJvm start(String name, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(Path.of("target", "soak " + name + ".log").toFile());
        try {
            Process started = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "end-" + name));
            return new ChildJvm(name, started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    /** Sends a line and waits for the answer. */
    String ask(String question) {
        questions.println(question);
        return answer();
    }

    /** Reads the next line. A JVM that reports by itself that it is ready writes one line more than it is asked for. */
    String answer() {
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException(name + " ended; see target/soak " + name + ".log");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void freeze() {
        ProcessRunner.run("sh", "-c", "kill -STOP " + process.pid());
    }

    void thaw() {
        ProcessRunner.run("sh", "-c", "kill -CONT " + process.pid());
    }

    /** Kills the JVM, as {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
