package io.github.presence4j.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;

/**
 * A wall clock for a process, a server or a JVM, that is started on it; a test may then set it at will. Suits a Redis server by
 * itself: replicas and clusters take a jump for a lost connection.
 */
public final class ShiftedClock implements AutoCloseable {
    private static final String SOURCE = "shifted-clock.c";

    private final TempDirectory folder = TempDirectory.create("clock");

    private ShiftedClock() {}

    /**
     * {@return a clock that shows the real time} Compiles a library to preload; needs a C compiler and Linux.
     *
     * @throws UncheckedIOException if a file cannot be written
     * @throws IllegalStateException if the library cannot be compiled
     */
    public static ShiftedClock create() {
        ShiftedClock clock = new ShiftedClock();
        try {
            clock.shift(Duration.ZERO);
            clock.compile();
            return clock;
        } catch (RuntimeException | Error e) {
            clock.close();
            throw e;
        }
    }

    private void compile() {
        Path source = folder.file(SOURCE);
        try (InputStream resource =
                Objects.requireNonNull(ShiftedClock.class.getResourceAsStream(SOURCE), SOURCE + " is missing")) {
            Files.copy(resource, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessRunner.run(
                "gcc",
                "-O1",
                "-Wall",
                "-Werror",
                "-shared",
                "-fPIC",
                "-o",
                library().toString(),
                source.toString());
    }

    private Path library() {
        return folder.file("shifted-clock.so");
    }

    private Path offset() {
        return folder.file("offset");
    }

    /** {@return the environment of a process that runs on this clock} */
    public Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library().toString(), "PRESENCE_CLOCK_OFFSET", offset().toString());
    }

    /**
     * Sets how far the clock is off the real time from now on; a second call does not add to the first.
     *
     * @param offset whole seconds, also negative ones
     * @throws IllegalArgumentException if the offset has a fraction of a second
     * @throws UncheckedIOException if the offset cannot be written
     */
    public void shift(Duration offset) {
        if (!offset.equals(offset.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("Not whole seconds: " + offset);
        }
        ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        seconds.putLong(offset.toSeconds()).flip();
        // In place, since the servers have mapped the file.
        try (FileChannel file = FileChannel.open(offset(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(seconds, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
