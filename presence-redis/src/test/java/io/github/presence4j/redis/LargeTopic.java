package io.github.presence4j.redis;

import io.github.presence4j.Presence;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A topic of many members, each seen a millisecond after the one before, as in the long run, and not as by one bulk call. */
record LargeTopic(RedisClient client, RedisCommands<String, String> redis, TopicId id) implements AutoCloseable {
    private static final int CHUNK = 5_000;
    private static final Script AGE = Script.load("age");

    static LargeTopic fill(RedisProcess server, Presence presence, String name, int members) {
        RedisClient client = RedisClient.create();
        RedisURI uri = RedisURI.create(server.uri());
        uri.setTimeout(Duration.ofMinutes(1));
        LargeTopic topic = new LargeTopic(client, client.connect(uri).sync(), new TopicId("presence", name));
        for (int from = 0; from < members; from += CHUNK) {
            presence.topic(name).touchAll(names("m", members).subList(from, Math.min(members, from + CHUNK)));
        }
        topic.spread(members);
        return topic;
    }

    static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private void spread(int members) {
        double first = (double) System.currentTimeMillis() - members;
        for (int from = 0; from < members; from += CHUNK) {
            redis.zadd(
                    keys().live(),
                    IntStream.range(from, Math.min(members, from + CHUNK))
                            .boxed()
                            .flatMap(i -> Stream.of(first + i, "m" + i))
                            .toArray());
        }
    }

    private CellKeys keys() {
        return CellKeys.of(id);
    }

    void elapse(Duration duration) {
        redis.eval(AGE.text(), ScriptOutputType.MULTI, keys().all(), Long.toString(duration.toMillis()));
    }

    Topic topic(Duration ttl) {
        return new Topic(id, ttl, null);
    }

    @Override
    public void close() {
        redis.unlink(keys().all());
        client.shutdown();
    }
}
