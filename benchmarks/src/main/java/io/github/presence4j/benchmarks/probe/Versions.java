package io.github.presence4j.benchmarks.probe;

import com.hazelcast.instance.BuildInfoProvider;
import io.github.presence4j.benchmarks.contestant.RedisServer;
import java.util.Map;
import java.util.TreeMap;

/** Which versions took part. */
public final class Versions {
    private Versions() {}

    /** {@return versions by name} */
    public static Map<String, String> all() {
        Map<String, String> versions = new TreeMap<>();
        try (RedisServer server = RedisServer.start();
                RedisWatch watch = new RedisWatch(server.uri())) {
            versions.put("Redis", watch.version());
        }
        versions.put("Hazelcast", BuildInfoProvider.getBuildInfo().getVersion());
        return versions;
    }
}
