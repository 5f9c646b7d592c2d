package io.github.presence4j.benchmarks.contestant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Another JVM with this one's class path. It ends with this one, however this one ends: then its input does too. */
public final class SecondProcess implements AutoCloseable {
    private final Process process;

    private SecondProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param main the class to run
     * @param args what to tell it
     * @return it
     * @throws IOException if it does not start
     */
    public static SecondProcess start(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(Arrays.asList(args));
        return new SecondProcess(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
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

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
