package io.github.presence4j.redis;

import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.TopicId;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server for the tests of a class, empty before each, to run scripts on the keys of one topic. */
final class ScriptServer implements BeforeEachCallback, AfterAllCallback {
    static final String TTL = "60000";
    static final String BY_TTL = "-1";
    static final CellKeys KEYS = CellKeys.of(new TopicId("presence", "room"));
    static final String TAG = "presence:{room#0}:";

    private final RedisProcess server = RedisProcess.start(RedisBinary.find());
    private final RedisClient client = RedisClient.create(server.uri());
    private final StatefulRedisConnection<String, String> connection = client.connect();

    @Override
    public void beforeEach(ExtensionContext context) {
        redis().flushall();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        client.shutdown();
        server.close();
    }

    RedisCommands<String, String> redis() {
        return connection.sync();
    }

    long millis() {
        List<String> time = redis().time();
        return Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
    }

    List<@Nullable Object> run(String script, String[] keys, String... args) {
        return Script.load(script)
                .<List<@Nullable Object>>run(connection.async(), null, keys, args)
                .toCompletableFuture()
                .join();
    }

    List<@Nullable Object> change(String script, String... args) {
        return run(
                script,
                KEYS.all(),
                Stream.concat(Stream.of(TTL, KEYS.channel()), Arrays.stream(args))
                        .toArray(String[]::new));
    }

    List<@Nullable Object> read(String script, int keys, String... args) {
        return run(
                script,
                Arrays.copyOf(KEYS.forPages(), keys),
                Stream.concat(Stream.of(BY_TTL), Arrays.stream(args)).toArray(String[]::new));
    }
}
