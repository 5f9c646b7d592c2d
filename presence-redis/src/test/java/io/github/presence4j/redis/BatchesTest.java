package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import io.github.presence4j.redis.server.CommandMonitor;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What many heartbeats cost the server together, told by the server. */
class BatchesTest {
    private static final int CALLERS = 512;
    private static final int PER_SCRIPT = 256;
    private static final long PATIENCE_SECONDS = 60;

    private final RedisProcess server = RedisProcess.start(RedisBinary.find());
    private final RedisStore store = RedisStore.builder()
            .uri(server.uri())
            .timeout(Duration.ofMinutes(1))
            .build();
    private final Presence presence = Presence.using(
            store, PresenceConfig.builder().timeout(Duration.ofMinutes(1)).build());
    private final PresenceTopic room = presence.topic("room");
    private final AsyncPresenceTopic calls = room.async();

    /** Everybody is here, and the server knows the scripts. */
    @BeforeEach
    void join() {
        room.touchAll(names(CALLERS));
        room.isLive("m1");
    }

    @AfterEach
    void close() {
        presence.close();
        store.close();
        server.close();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    /** As many callers as there are, all before the first is answered. */
    private List<CommandMonitor.Call> together(IntFunction<CompletionStage<Boolean>> call) {
        try (CommandMonitor monitor = CommandMonitor.of(server)) {
            server.freeze();
            List<CompletionStage<Boolean>> answers;
            try {
                answers = IntStream.range(0, CALLERS).mapToObj(call).toList();
            } finally {
                server.thaw();
            }
            answers.forEach(answer -> answer.toCompletableFuture().join());
            return monitor.calls();
        }
    }

    /** Each slot is taken by the first that comes; what gathers meanwhile is cut as a bulk call is. */
    private int scripts(int different) {
        return store.batchSlots() + (different + PER_SCRIPT - 1) / PER_SCRIPT;
    }

    @Test
    void r5_plainRenewalsAreOneScriptWithOneZadd() {
        try (CommandMonitor monitor = CommandMonitor.of(server)) {
            assertThat(room.touchAll(names(PER_SCRIPT))).isEmpty();
            assertThat(monitor.calls()).singleElement().satisfies(call -> {
                assertThat(call.name()).isEqualTo("evalsha");
                assertThat(call.inner("zadd")).isEqualTo(1);
                assertThat(call.inner("zmscore", "zscore", "zrangebyscore", "zrange", "zrem", "xadd", "publish"))
                        .as("nobody is looked for, swept or told of")
                        .isZero();
            });
        }
    }

    @Test
    void r5_touchesUnderWayTogetherAreAHandfulOfScripts() {
        List<CommandMonitor.Call> scripts = together(i -> calls.touch("m" + i));
        assertThat(scripts).extracting(CommandMonitor.Call::name).containsOnly("evalsha");
        assertThat(scripts).hasSize(scripts(CALLERS - store.batchSlots()));
        assertThat(scripts).allSatisfy(script -> {
            assertThat(script.inner("zadd")).isEqualTo(1);
            assertThat(script.inner("zmscore", "zscore")).isZero();
        });
    }

    @Test
    void r5_equalTouchesUnderWayTogetherAreOne() {
        List<CommandMonitor.Call> scripts = together(i -> calls.touch("m7"));
        assertThat(scripts)
                .hasSize(scripts(1))
                .allSatisfy(script -> assertThat(script.words()).containsOnlyOnce("m7"));
    }

    @Test
    void r5_readsUnderWayTogetherAreAHandfulOfScripts() {
        List<CommandMonitor.Call> scripts = together(i -> calls.isLive("m" + i));
        assertThat(scripts).hasSize(scripts(CALLERS - store.batchSlots()));
        assertThat(scripts)
                .allSatisfy(script -> assertThat(script.inner("zmscore")).isEqualTo(1));
    }

    @Test
    void w5_renewalsOfAWatchedTopicWakeNobodyAndAJoinWakesOnce() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Subscription watching = room.watch(event -> {
            if (event instanceof PresenceEvent.Snapshot) {
                begun.countDown();
            }
        });
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        try (CommandMonitor monitor = CommandMonitor.of(server)) {
            IntStream.range(0, CALLERS).forEach(i -> room.touch("m" + i));
            assertThat(signals(monitor)).as("of renewals").isZero();
            room.touchAll(IntStream.range(0, PER_SCRIPT).mapToObj(i -> "n" + i).toList());
            assertThat(signals(monitor)).as("of many who join at once").isEqualTo(1);
        }
        watching.close();
    }

    private static long signals(CommandMonitor monitor) {
        return monitor.calls().stream().mapToLong(call -> call.inner("publish")).sum();
    }
}
