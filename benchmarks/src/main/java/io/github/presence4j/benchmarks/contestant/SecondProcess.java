package io.github.presence4j.benchmarks.contestant;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Another JVM with this one's class path. It ends with this one, however this one ends: then its input does too. */
public final class SecondProcess implements AutoCloseable {
    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    private SecondProcess(Process process) {
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * Starts a process without input; its output is dropped.
     *
     * @param main the class to run
     * @param args the arguments of its main method
     * @return it
     * @throws IOException if it does not start
     */
    public static SecondProcess start(Class<?> main, String... args) throws IOException {
        return start(ProcessBuilder.Redirect.DISCARD, List.of(), main, args);
    }

    /**
     * Starts a process that measures others, and answers each line of its input with a line of its output. Its JVM compiles
     * once and collects in one thread: one with the defaults kept a PING of an idle server waiting for 4 ms, this one for
     * 1.
     *
     * @param main the class to run
     * @param args the arguments of its main method
     * @return it
     * @throws IOException if it does not start
     */
    public static SecondProcess gauge(Class<?> main, String... args) throws IOException {
        return start(ProcessBuilder.Redirect.PIPE, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), main, args);
    }

    private static SecondProcess start(
            ProcessBuilder.Redirect output, List<String> options, Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(Arrays.asList(args));
        return new SecondProcess(new ProcessBuilder(command)
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** In the second process: waits for the first one to end. */
    public static void awaitEnd() {
        try {
            System.in.transferTo(System.err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks it and waits for its answer.
     *
     * @param question a line
     * @return a line
     * @throws IOException if it has ended
     */
    public String ask(String question) throws IOException {
        questions.append(question).append('\n').flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("The second process ended when asked to " + question);
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
