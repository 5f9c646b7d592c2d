package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.Eventually;
import java.util.List;
import java.util.Queue;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that evict keys, and users without the right to use INFO. */
class RestrictedServerTest {
    private static final int MANY = 2_500;

    private final RecordedLog log = new RecordedLog(EvictionPolicy.class.getName());
    private final Queue<LogRecord> records = log.records();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aServerThatMayEvictIsWarnedOfOnce() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find(), "--maxmemory-policy", "volatile-lru");
                RedisStore store = RedisStore.builder().uri(server.uri()).build()) {
            assertThat(store).isNotNull();
            Eventually.await("a warning is logged", () -> !records.isEmpty());
            assertThat(records)
                    .singleElement()
                    .satisfies(record -> assertThat(record.getParameters()).containsExactly("volatile-lru"));
        }
    }

    @Test
    void thePolicyIsReadFromWhatTheServerSays() {
        assertThat(EvictionPolicy.of("# Memory\r\nmaxmemory:0\r\nmaxmemory_policy:allkeys-lru\r\n"))
                .contains("allkeys-lru");
        assertThat(EvictionPolicy.of("# Memory\r\n")).isEmpty();
    }

    /** Listings need no INFO, not even long ones, and nothing is logged about it. */
    @Test
    void r2_aUserWithoutInfoListsAll() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find())) {
            server.command(Stream.concat(
                            Stream.of("ACL", "SETUSER", "app", "on", ">secret", "~*", "&*"),
                            RedisTlsTest.COMMANDS.stream().filter(right -> !right.equals("+info")))
                    .toArray(String[]::new));
            try (RedisStore store = RedisStore.builder()
                            .uri("redis://app:secret@127.0.0.1:" + server.port())
                            .build();
                    Presence presence = Presence.using(store, PresenceConfig.defaults())) {
                List<String> names =
                        IntStream.range(0, MANY).mapToObj(i -> "m" + i).toList();
                PresenceTopic topic = presence.topic("room");
                topic.touchAll(names);
                assertThat(topic.list()).containsExactlyInAnyOrderElementsOf(names);
                assertThat(records).isEmpty();
            }
        }
    }
}
