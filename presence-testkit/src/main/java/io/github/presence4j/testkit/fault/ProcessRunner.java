package io.github.presence4j.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Runs a short program of the machine, such as a compiler, to its end. */
public final class ProcessRunner {
    private ProcessRunner() {}

    /**
     * {@return the output of a program that succeeds} Waits for its end.
     *
     * @param command the program and its arguments
     * @throws IllegalStateException if the program fails or the thread is interrupted
     * @throws UncheckedIOException if the program cannot be started
     */
    public static String run(String... command) {
        Ended ended = end(List.of(command));
        if (ended.code != 0) {
            throw new IllegalStateException(Arrays.toString(command) + " failed: " + ended.output);
        }
        return ended.output;
    }

    /**
     * {@return the output of a program, whether it succeeded or not} Waits for its end.
     *
     * @param command the program and its arguments
     * @throws IllegalStateException if the thread is interrupted
     * @throws UncheckedIOException if the program cannot be started
     */
    public static String output(String... command) {
        return end(List.of(command)).output;
    }

    private static Ended end(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in " + command.get(0), e);
        }
    }

    private record Ended(int code, String output) {}
}
