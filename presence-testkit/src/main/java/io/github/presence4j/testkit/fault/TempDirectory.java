package io.github.presence4j.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary directory of one server.
 *
 * @param path the path of the directory
 */
public record TempDirectory(Path path) implements AutoCloseable {
    /**
     * {@return a new one}
     *
     * @param purpose a part of its name
     */
    public static TempDirectory create(String purpose) {
        try {
            return new TempDirectory(Files.createTempDirectory("presence-" + purpose));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return a file in it, which need not exist}
     *
     * @param name of the file
     */
    public Path file(String name) {
        return path.resolve(name);
    }

    /**
     * {@return a file that was written}
     *
     * @param name of the file
     * @param lines the lines of the file
     */
    public Path write(String name, List<String> lines) {
        try {
            return Files.write(file(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes what is in it, and leaves it there. */
    public void empty() {
        try (Stream<Path> found = Files.walk(path)) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(path)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (Files.exists(path)) {
            empty();
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
