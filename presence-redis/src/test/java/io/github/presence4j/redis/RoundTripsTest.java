package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How many commands a call is, and that all of them are on their way together (R5): what was sent to a server that is frozen waits
 * for no answer. Nothing here depends on how long anything takes.
 */
class RoundTripsTest {
    private static final int SHARDS = 4;

    /** What a sharded topic has only once is asked for in the same trip. */
    private static final int HOME = 1;

    private final RedisProcess server = RedisProcess.start(RedisBinary.find());
    private final CommandRecorder sent = new CommandRecorder();
    private final RedisClient client = heardBy(sent);
    private final RedisStore whole = store(1);
    private final RedisStore sharded = store(SHARDS);
    private final Presence one = presence(whole);
    private final Presence four = presence(sharded);

    /** A store connects as soon as it is built. The connection uses the listeners that were registered before. */
    private static RedisClient heardBy(CommandRecorder sent) {
        RedisClient client = RedisClient.create();
        client.addListener(sent);
        return client;
    }

    private RedisStore store(int shards) {
        return RedisStore.builder()
                .client(client, RedisURI.create(server.uri()))
                .topicShards(shards)
                .build();
    }

    /** No call fails while the server is frozen. */
    private static Presence presence(RedisStore store) {
        return Presence.using(
                store, PresenceConfig.builder().timeout(Duration.ofMinutes(1)).build());
    }

    /** Connects, and lets the server know all scripts. */
    @BeforeEach
    void warmUp() {
        for (Presence presence : List.of(one, four)) {
            AsyncPresenceTopic other = presence.topic("other").async();
            answer(other.touchAll(names(100)));
            answer(other.isLive("m1"));
            answer(other.member("m1"));
            answer(other.count());
            answer(other.page(null, 10));
            answer(other.list());
            answer(other.leave("m1"));
            answer(other.reset());
            answer(presence.topic("room").async().touchAll(names(100)));
        }
    }

    @AfterEach
    void close() {
        one.close();
        four.close();
        whole.close();
        sharded.close();
        client.shutdown();
        server.close();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    private static void answer(CompletionStage<?> stage) {
        stage.toCompletableFuture().join();
    }

    /** What a call sends before the first answer, and after it. */
    private record Trips(List<String> first, List<String> all) {}

    private Trips trips(Presence presence, Function<AsyncPresenceTopic, CompletionStage<?>> call) {
        AsyncPresenceTopic room = presence.topic("room").async();
        CompletionStage<?> answer;
        List<String> first;
        server.freeze();
        try {
            sent.clear();
            answer = call.apply(room);
            first = sent.names();
        } finally {
            server.thaw();
        }
        answer(answer);
        return new Trips(first, sent.names());
    }

    private void isOneTrip(int commands, int commandsToShards, Function<AsyncPresenceTopic, CompletionStage<?>> call) {
        Trips toOne = trips(one, call);
        assertThat(toOne.first()).as("to one cell").hasSize(commands);
        assertThat(toOne.all()).as("no second trip").isEqualTo(toOne.first());
        Trips toShards = trips(four, call);
        assertThat(toShards.first()).as("to four shards").hasSize(commandsToShards);
        assertThat(toShards.all()).as("no second trip to shards").isEqualTo(toShards.first());
    }

    @Test
    void r5_touchIsOneTrip() {
        isOneTrip(1, HOME + 1, topic -> topic.touch("m1"));
        isOneTrip(1, HOME + 1, topic -> topic.touch("m1", "tab", "data"));
    }

    @Test
    void r5_touchAllIsOneTrip() {
        isOneTrip(1, HOME + SHARDS, topic -> topic.touchAll(names(256)));
    }

    @Test
    void r5_aLargeTouchAllIsOneCommandForEach256() {
        assertThat(trips(one, topic -> topic.touchAll(names(1000))).all()).hasSize(4);
        assertThat(trips(four, topic -> topic.touchAll(names(1000))).all()).hasSizeBetween(5, HOME + 2 * SHARDS);
    }

    @Test
    void r5_liveAmongIsOneTrip() {
        isOneTrip(1, HOME + SHARDS, topic -> topic.liveAmong(names(100)));
    }

    @Test
    void r5_isLiveAndLastSeenAreOneTrip() {
        isOneTrip(1, HOME + 1, topic -> topic.isLive("m1"));
        isOneTrip(1, HOME + 1, topic -> topic.lastSeen("m1"));
        isOneTrip(1, HOME + 1, topic -> topic.member("m1"));
    }

    @Test
    void r5_countIsOneTrip() {
        isOneTrip(1, HOME + SHARDS, AsyncPresenceTopic::count);
    }

    @Test
    void r5_aPageIsOneTrip() {
        isOneTrip(1, HOME + SHARDS, topic -> topic.page(null, 1000));
    }

    @Test
    void r5_aShortListIsOneTrip() {
        isOneTrip(1, HOME + SHARDS, AsyncPresenceTopic::list);
    }

    @Test
    void r5_leaveIsOneTrip() {
        isOneTrip(1, HOME + 1, topic -> topic.leave("m1"));
        isOneTrip(1, HOME + 1, topic -> topic.leave("m2", "tab"));
    }

    @Test
    void g3_resetIsOneTripHoweverManyShards() {
        assertThat(trips(one, AsyncPresenceTopic::reset).all()).hasSize(1);
        Trips toShards = trips(four, AsyncPresenceTopic::reset);
        assertThat(toShards.first()).hasSize(HOME);
        assertThat(toShards.all())
                .as("the cells that were left behind are seen to afterwards")
                .hasSize(HOME + SHARDS);
    }
}
