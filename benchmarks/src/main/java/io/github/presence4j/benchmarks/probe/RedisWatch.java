package io.github.presence4j.benchmarks.probe;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;

/** What a Redis says about itself. */
final class RedisWatch implements AutoCloseable {
    private final RedisClient client;
    private final RedisCommands<String, String> redis;

    RedisWatch(String uri) {
        client = RedisClient.create(uri);
        redis = client.connect().sync();
        redis.configSet("slowlog-log-slower-than", "200");
        redis.configSet("slowlog-max-len", "100000");
    }

    double cpuSeconds() {
        return sum("cpu", "used_cpu_user", "used_cpu_sys");
    }

    double usedBytes() {
        return sum("memory", "used_memory");
    }

    String version() {
        return redis.info("server")
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElseThrow();
    }

    void forgetCommands() {
        redis.slowlogReset();
    }

    /** By the server's own account, whatever else the machine does; what took less than 0.2 ms is not in it. */
    double longestCommandMillis() {
        return redis.slowlogGet(-1).stream()
                        .mapToLong(entry -> (Long) ((List<?>) entry).get(2))
                        .max()
                        .orElse(200)
                / 1e3;
    }

    private double sum(String section, String... keys) {
        List<String> wanted = List.of(keys);
        return redis.info(section)
                .lines()
                .filter(line -> line.indexOf(':') > 0 && wanted.contains(line.substring(0, line.indexOf(':'))))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
