package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.testkit.fault.Eventually;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cells from before a reset of a sharded topic expire soon, whatever the TTL, and whatever touches them late (G1). */
class LeftBehindTest {
    private static final int SHARDS = 3;
    private static final long SOON_MILLIS = 90_000;
    private static final List<String> MANY = LargeTopic.names("m", 100);

    private final RedisProcess server = RedisProcess.start(RedisBinary.find());
    private final RedisStore store =
            RedisStore.builder().uri(server.uri()).topicShards(SHARDS).build();
    private final RedisStore late =
            RedisStore.builder().uri(server.uri()).topicShards(SHARDS).build();
    private final PresenceConfig day =
            PresenceConfig.builder().ttl(Duration.ofDays(1)).build();
    private final Presence presence = Presence.using(store, day);
    private final Presence latePresence = Presence.using(late, day);

    @AfterEach
    void close() {
        presence.close();
        latePresence.close();
        store.close();
        late.close();
        server.close();
    }

    private List<String> keys() {
        return server.command("KEYS", "presence:{room#*").lines().toList();
    }

    /** Removes the cells from before the reset, as if they had expired. A late touch then creates them again. */
    @Test
    void g1_cellsThatALateTouchMakesAgainExpireSoon() {
        PresenceTopic lateTopic = latePresence.topic("room");
        lateTopic.touchAll(MANY);
        presence.topic("room").reset();
        List<String> before = cells();
        before.forEach(key -> server.command("UNLINK", key));
        lateTopic.touchAll(MANY);
        lateTopic.touch("bo");
        assertThat(cells())
                .as("made again by a process that had not heard of the reset")
                .containsAnyElementsOf(before);
        Eventually.await("these cells expire soon", () -> before.stream().allMatch(key -> life(key) <= SOON_MILLIS));
        assertThat(lateTopic.count()).isEqualTo(MANY.size() + 1);
    }

    /** Otherwise a page that is read from several cells would have the members of some only. */
    @Test
    void g3_aReadThatBeganBeforeAResetGetsTheSameFromAllCells() {
        PresenceTopic topic = presence.topic("room");
        topic.touchAll(MANY);
        List<String> before =
                cells().stream().filter(key -> key.endsWith(":live")).toList();
        topic.reset();
        Eventually.await(
                "the cells are left behind",
                () -> before.stream()
                        .allMatch(key ->
                                server.command("HEXISTS", meta(key), "stale").equals("1")));
        assertThat(before.stream().mapToInt(this::count).sum()).isEqualTo(MANY.size());
    }

    private static String meta(String live) {
        return live.replaceFirst("live$", "meta");
    }

    private int count(String live) {
        String reply = server.command("EVAL", Script.load("count").text(), "2", live, meta(live), "-1");
        return Integer.parseInt(reply.lines().toList().get(1));
    }

    private List<String> cells() {
        return keys().stream().filter(key -> !key.endsWith(":metadata")).toList();
    }

    private long life(String key) {
        return Long.parseLong(server.command("PTTL", key));
    }

    @Test
    void g1_cellsBeforeAResetExpireSoon() {
        PresenceTopic topic = presence.topic("room");
        PresenceTopic lateTopic = latePresence.topic("room");
        lateTopic.touchAll(MANY);
        topic.touch("ana", "tab", "data");
        List<String> before = cells();
        topic.reset();
        Eventually.await(
                "the cells before the reset expire soon",
                () -> before.stream().allMatch(key -> life(key) <= SOON_MILLIS));
        // by this call the other process learns of the reset
        lateTopic.touchAll(MANY);
        lateTopic.touch("bo", "tab", "data");
        assertThat(lateTopic.count()).isEqualTo(MANY.size() + 1);
        List<String> now = keys();
        assertThat(now).filteredOn(key -> !before.contains(key)).hasSizeGreaterThan(SHARDS);
        assertThat(now)
                .filteredOn(before::contains)
                .allSatisfy(key -> assertThat(life(key)).as(key).isLessThanOrEqualTo(SOON_MILLIS));
        assertThat(now)
                .filteredOn(key -> !before.contains(key))
                .allSatisfy(key -> assertThat(life(key)).as(key).isGreaterThan(SOON_MILLIS));
    }
}
