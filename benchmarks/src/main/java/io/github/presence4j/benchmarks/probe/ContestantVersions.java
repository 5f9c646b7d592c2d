package io.github.presence4j.benchmarks.probe;

import io.github.presence4j.benchmarks.contestant.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/** Which versions took part. */
public final class ContestantVersions {
    private ContestantVersions() {}

    /** Those of the libraries, which the build wrote down. */
    private static Properties libraries() {
        Properties properties = new Properties();
        try (InputStream file =
                Objects.requireNonNull(ContestantVersions.class.getResourceAsStream("versions.properties"))) {
            properties.load(file);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return versions by name} */
    public static Map<String, String> all() {
        Map<String, String> versions = new TreeMap<>();
        try (RedisServer server = RedisServer.start();
                RedisWatch watch = new RedisWatch(server.uri())) {
            versions.put("Redis", watch.version());
        }
        libraries().forEach((name, version) -> versions.put((String) name, (String) version));
        return versions;
    }
}
