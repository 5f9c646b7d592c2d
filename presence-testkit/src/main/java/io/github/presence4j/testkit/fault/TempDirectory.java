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
     * {@return a new, empty directory}
     *
     * @param purpose a part of its name
     * @throws UncheckedIOException if it cannot be created
     */
    public static TempDirectory create(String purpose) {
        try {
            return new TempDirectory(Files.createTempDirectory("presence-" + purpose));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the path of a file in it, which need not exist}
     *
     * @param name the name of the file
     */
    public Path file(String name) {
        return path.resolve(name);
    }

    /**
     * {@return the path of a file, after it was written}
     *
     * @param name the name of the file
     * @param lines the lines of the file
     * @throws UncheckedIOException if the file cannot be written
     */
    public Path write(String name, List<String> lines) {
        try {
            return Files.write(file(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Deletes all files and directories in it, and keeps the directory itself.
     *
     * @throws UncheckedIOException if a file cannot be deleted
     */
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
