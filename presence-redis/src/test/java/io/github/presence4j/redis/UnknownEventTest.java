package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.Eventually;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event of a kind that only a later version of presence4j writes: the watch resynchronises and continues (W5, W8). */
class UnknownEventTest {
    private static final TopicId ROOM = new TopicId("presence", "room");

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void w8_aWatchSurvivesAnEventOfAnUnknownKind(int shards) {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                MasterConnections masters = MasterConnections.of(List.of(server.uri()));
                RedisStore store = RedisStore.builder()
                        .uri(server.uri())
                        .topicShards(shards)
                        .build();
                Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            PresenceTopic topic = presence.topic("room");
            topic.touchAll(List.of("ana", "bo", "cy", "di"));
            Set<String> seen = ConcurrentHashMap.newKeySet();
            CountDownLatch begun = new CountDownLatch(1);
            try (Subscription watching = topic.watch(event -> {
                if (event instanceof PresenceEvent.Joined joined) {
                    seen.add(joined.member());
                } else if (event instanceof PresenceEvent.Snapshot) {
                    begun.countDown();
                }
            })) {
                assertThat(watching).isNotNull();
                Eventually.await("the watch begins", () -> begun.getCount() == 0);
                CellKeys keys = shards == 1 ? CellKeys.of(ROOM) : CellKeys.sharded(ROOM, 0, shards, "");
                addUnknownEvent(masters.commands().get(0), keys);
                topic.touchAll(List.of("ed", "fay", "gus"));
                Eventually.await(
                        "the watch tells of those who came later", () -> seen.containsAll(List.of("ed", "fay", "gus")));
            }
        }
    }

    private static void addUnknownEvent(RedisCommands<String, String> redis, CellKeys keys) {
        String meta = keys.prefix() + "meta";
        String last = Objects.requireNonNull(redis.hget(meta, "last"));
        int dash = last.indexOf('-');
        long number = Long.parseLong(last.substring(0, dash)) + 1;
        String id = number + last.substring(dash);
        Map<String, String> fields = Map.of(
                "k", "z", "e", Objects.requireNonNull(redis.hget(meta, "epoch")), "n", Long.toString(number - 1));
        redis.xadd(keys.prefix() + "log", new XAddArgs().id(id), fields);
        redis.hset(meta, "last", id);
        redis.publish(keys.channel(), "");
    }
}
