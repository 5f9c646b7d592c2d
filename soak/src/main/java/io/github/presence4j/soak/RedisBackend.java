package io.github.presence4j.soak;

import io.github.presence4j.testkit.fault.Timing;
import io.lettuce.core.KillArgs;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A single Redis server. */
final class RedisBackend implements SoakBackend {
    private final RedisServer server = new RedisServer();

    @Override
    public List<String> address() {
        return List.of("redis", "redis://127.0.0.1:" + server.port());
    }

    @Override
    public String disturb(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> killed();
            case 1 -> frozen();
            case 2 -> emptied();
            case 3 -> filled();
            default -> hungUp();
        };
    }

    private String killed() {
        server.kill();
        Timing.last(Duration.ofSeconds(1));
        server.restart();
        return "killed";
    }

    /** Freezes the server for longer than a call may take. */
    private String frozen() {
        server.freeze();
        Timing.last(Duration.ofSeconds(3));
        server.thaw();
        return "frozen";
    }

    private String emptied() {
        server.ask(redis -> redis.flushall());
        return "emptied";
    }

    private String filled() {
        server.ask(redis -> redis.configSet("maxmemory", "1"));
        Timing.last(Duration.ofSeconds(2));
        server.ask(redis -> redis.configSet("maxmemory", "0"));
        return "filled";
    }

    private String hungUp() {
        server.ask(redis -> redis.clientKill(KillArgs.Builder.typePubsub()));
        server.ask(redis -> redis.clientKill(KillArgs.Builder.typeNormal().skipme(true)));
        return "hung up";
    }

    @Override
    public Map<String, Long> measure() {
        Map<String, Long> found = new LinkedHashMap<>();
        // one of them is the connection that asks
        found.put("connections", server.number("clients", "connected_clients") - 1);
        found.put("server KiB", server.number("memory", "used_memory") / 1024);
        found.put("keys", server.ask(redis -> redis.dbsize()));
        return found;
    }

    @Override
    public void close() {
        server.close();
    }
}
