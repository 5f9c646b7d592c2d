package io.github.presence4j.redis.server;

import io.github.presence4j.testkit.fault.ProcessRunner;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A redis-server that can be run here.
 *
 * @param path the executable
 * @param version such as 6.2.11
 * @param tls whether it was built with TLS
 */
public record RedisBinary(Path path, String version, boolean tls) {
    /** The system property that chooses: {@code embedded}, the default, or {@code installed}. */
    public static final String PROPERTY = "presence.test.redis";

    private static final Pattern VERSION = Pattern.compile("\\bv=(\\S+)");

    /** The one that the system property asks for. */
    public static RedisBinary find() {
        String wanted = System.getProperty(PROPERTY, "embedded");
        return switch (wanted) {
            case "embedded" -> embedded();
            case "installed" -> installed();
            default -> throw new IllegalStateException(PROPERTY + " is neither embedded nor installed: " + wanted);
        };
    }

    /** The one that comes with embedded-redis, so that the tests need nothing but Maven. */
    public static RedisBinary embedded() {
        return Embedded.BINARY;
    }

    /** The one on the PATH. */
    public static RedisBinary installed() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(RedisBinary::at)
                .orElseThrow(() -> new IllegalStateException("No redis-server on the PATH: " + path));
    }

    private static RedisBinary at(Path path) {
        String said = ProcessRunner.run(path.toString(), "--version");
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            throw new IllegalStateException(path + " does not tell its version: " + said);
        }
        // Both builds refuse this at once: one does not know the option, the other does not know the number.
        String refusal = ProcessRunner.output(path.toString(), "--port", "0", "--tls-port", "none");
        return new RedisBinary(path, version.group(1), !refusal.contains("Bad directive"));
    }

    /** Unpacked once per JVM, and only when it is asked for. */
    private static final class Embedded {
        static final RedisBinary BINARY = at(unpack());

        private static Path unpack() {
            try {
                Path folder = Files.createTempDirectory("presence-embedded-redis");
                folder.toFile().deleteOnExit();
                Path executable = ExecutableProvider.newJarResourceProvider(folder.toFile())
                        .get()
                        .toPath();
                executable.toFile().deleteOnExit();
                return executable;
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot unpack the embedded Redis", e);
            }
        }
    }
}
