package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import io.github.presence4j.redis.server.ClusterSet;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.TcpProxy;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Rule O1 when the client might reorder calls: while it connects, and when the server does not know a script. */
class OrderTest {
    private static final Topic ROOM = topic("room");
    private static final int OTHERS = 300;
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private static Topic topic(String name) {
        return new Topic(new TopicId("presence", name), Duration.ofMinutes(1), null);
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Touch with(String data) {
        return Touch.of("ana", "tab").withData(data);
    }

    /** Made by one thread, all before the first answer. */
    private static void oldThenNew(PresenceStore store) {
        thenNew(store, store.topic(ROOM).touch(List.of(with("old"))));
    }

    private static void thenNew(PresenceStore store, CompletionStage<?> old) {
        List<CompletionStage<?>> calls = new ArrayList<>();
        calls.add(old);
        for (int i = 0; i < OTHERS; i++) {
            calls.add(store.topic(topic("other " + i)).touch(List.of(Touch.of("m"))));
        }
        calls.add(store.topic(ROOM).touch(List.of(with("new"))));
        calls.forEach(OrderTest::answer);
        Map<String, Member> live = answer(store.topic(ROOM).live(List.of("ana")));
        assertThat(Objects.requireNonNull(live.get("ana")).sessions())
                .extracting(Session::data)
                .containsExactly("new");
    }

    @Test
    void o1_callsThatAreMadeWhileTheConnectionOpensAreCarriedOutInTheirOrder() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                TcpProxy proxy = TcpProxy.to(server.port())) {
            proxy.delay(Duration.ofMillis(100));
            try (RedisStore store = store("redis://127.0.0.1:" + proxy.port())) {
                oldThenNew(store);
            }
        }
    }

    @Test
    void o1_alsoAfterConnectsThatFailed() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                TcpProxy proxy = TcpProxy.to(server.port())) {
            proxy.cut();
            try (RedisStore store = store("redis://127.0.0.1:" + proxy.port())) {
                assertThat(store.topic(ROOM).count()).failsWithin(PATIENT);
                proxy.heal();
                proxy.delay(Duration.ofMillis(100));
                AtomicReference<CompletionStage<?>> old =
                        new AtomicReference<>(CompletableFuture.completedFuture(null));
                Eventually.await("the store connects again", () -> {
                    CompletionStage<?> touch = store.topic(ROOM).touch(List.of(with("old")));
                    old.set(touch);
                    return !touch.toCompletableFuture().isDone();
                });
                thenNew(store, Objects.requireNonNull(old.get()));
            }
        }
    }

    @Test
    void o1_alsoOnAClusterWhoseNodesAreConnectedToOneByOne() {
        try (ClusterSet cluster = ClusterSet.start(RedisBinary.find());
                RedisStore store = RedisStore.builder()
                        .uri(cluster.uri())
                        .cluster(true)
                        .timeout(PATIENT)
                        .build()) {
            oldThenNew(store);
        }
    }

    /** The server knows one of two scripts, as after a SCRIPT FLUSH when another client has used that one. */
    @Test
    void o1_aLeaveDoesNotOvertakeATouchWhoseScriptTheServerDoesNotKnow() {
        try (RedisProcess server = RedisProcess.start(RedisBinary.find());
                MasterConnections masters = MasterConnections.of(List.of(server.uri()));
                RedisStore store = store(server.uri())) {
            answer(store.topic(ROOM).count());
            String[] keys = CellKeys.of(new TopicId("presence", "elsewhere")).all();
            masters.commands()
                    .get(0)
                    .eval(Script.load("leave").text(), ScriptOutputType.MULTI, keys, "1000", "channel");
            server.freeze();
            CompletionStage<?> touch = store.topic(ROOM).touch(List.of(Touch.of("ana", "tab")));
            CompletionStage<?> leave = store.topic(ROOM).leave(List.of(new Leave("ana", null)));
            server.thaw();
            answer(touch);
            answer(leave);
            assertThat(answer(store.topic(ROOM).count())).isZero();
        }
    }

    private static RedisStore store(String uri) {
        return RedisStore.builder().uri(uri).timeout(PATIENT).build();
    }
}
