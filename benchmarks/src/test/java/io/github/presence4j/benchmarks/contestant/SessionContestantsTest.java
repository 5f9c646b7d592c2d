package io.github.presence4j.benchmarks.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import io.github.presence4j.Touch;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A contestant that keeps less than the others would be compared with them in vain. */
class SessionContestantsTest {
    private static BenchmarkEnvironment redis;
    private static BenchmarkEnvironment hazelcast;

    @BeforeAll
    static void start() {
        redis = BenchmarkEnvironment.of("redis:", BenchmarkEnvironment.OWN);
        hazelcast = HazelcastPair.first();
    }

    @AfterAll
    static void end() {
        redis.close();
        hazelcast.close();
    }

    private static Contestant open(String name) {
        String server = name.startsWith("redis:") ? redis.address() : hazelcast.address();
        return BenchmarkEnvironment.of(name, server).open(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory:presence4j",
                "memory:caffeine",
                "memory:hash-map",
                "redis:presence4j",
                "redis:zadd-hset",
                "redis:script",
                "redis:rmap-cache",
                "hazelcast:presence4j",
                "hazelcast:set-async",
                "hazelcast:set-async-direct"
            })
    void eachKeepsTheDataOfEachTab(String name) {
        try (Contestant contestant = open(name)) {
            SessionTopic room = contestant.sessions("kept by " + name);
            room.touch("ann", "left", "1");
            room.touchAll(List.of(new Touch("ann", "right", "2"), new Touch("bob", "left", "3")));
            room.join(List.of(new Touch("eve", "left", "4")));
            room.touchAsync("eve", "right", null).toCompletableFuture().join();

            assertThat(room.count()).isEqualTo(5);
            assertThat(room.data("ann", "left")).isEqualTo("1");
            assertThat(room.data("ann", "right")).isEqualTo("2");
            assertThat(room.data("bob", "left")).isEqualTo("3");
            assertThat(room.data("eve", "left")).isEqualTo("4");
            assertThat(room.data("eve", "right")).isEmpty();

            room.touch("ann", "left", "changed");
            room.leaveAsync("ann", "right").toCompletableFuture().join();

            assertThat(room.data("ann", "left")).isEqualTo("changed");
            assertThat(room.data("ann", "right")).isNull();
            assertThat(room.count()).isEqualTo(4);
        }
    }

    @Test
    void aCacheForgetsATabThatIsNotTouched() {
        AtomicLong nanos = new AtomicLong();
        SessionTopic room = new CaffeineCache(nanos::get).sessions("expiring");
        room.touch("ann", "left", "1");
        room.touch("ann", "right", "2");
        nanos.addAndGet(Contestant.TTL.toNanos() - 1);
        room.touch("ann", "left", "1");
        nanos.addAndGet(1);

        assertThat(room.data("ann", "left")).isEqualTo("1");
        assertThat(room.data("ann", "right")).isNull();
    }

    @Test
    void theSortedSetHasTheTimeOfEachTab() {
        try (Contestant contestant = open("redis:zadd-hset")) {
            double before = System.currentTimeMillis();
            contestant.sessions("timed").touch("ann", "left", "1");

            assertThat(commands().zscore("timed", "ann:left")).isBetween(before, before + 60_000);
        }
    }

    @Test
    void theScriptLetsBothKeysExpire() {
        try (Contestant contestant = open("redis:script")) {
            double before = System.currentTimeMillis() + Contestant.TTL.toMillis();
            contestant.sessions("scripted").touch("ann", "left", "1");

            assertThat(commands().zscore("scripted", "ann:left")).isBetween(before, before + 60_000);
            assertThat(commands().pttl("scripted")).isPositive();
            assertThat(commands().pttl("scripted:data")).isPositive();
        }
    }

    @Test
    void eachEntryOfTheMapHasATtl() {
        try (Contestant contestant = open("hazelcast:set-async")) {
            contestant.sessions("expiring").touch("ann", "left", "1");

            long ttl = Hazelcast.getAllHazelcastInstances().stream()
                    .map(instance -> instance.getMap(ExpiringMap.PREFIX + "expiring")
                            .getEntryView("ann:left")
                            .getTtl())
                    .findFirst()
                    .orElseThrow();
            assertThat(Duration.ofMillis(ttl)).isEqualTo(Contestant.TTL);
        }
    }

    private static RedisCommands<String, String> commands() {
        return RedisClient.create(redis.address()).connect().sync();
    }
}
