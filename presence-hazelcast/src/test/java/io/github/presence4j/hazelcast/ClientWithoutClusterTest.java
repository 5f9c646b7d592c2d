package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Session;
import io.github.presence4j.Subscription;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TouchOutcome;
import io.github.presence4j.testkit.fault.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a cluster, no call and no watch blocks its caller, and all registrations end with their owner. */
@Timeout(110)
class ClientWithoutClusterTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration BRIEF = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Topic topic(String name) {
        return new Topic(new TopicId("presence", name), Duration.ofMinutes(5), null);
    }

    private static HazelcastStore own(String cluster, int port) {
        return HazelcastStore.builder()
                .client(true)
                .clusterName(cluster)
                .members(List.of("127.0.0.1:" + port))
                .timeout(TIMEOUT)
                .build();
    }

    /** A client of the application, whose calls Hazelcast itself would block for two minutes. */
    @Test
    void e2_theFirstCallInANamespaceFailsInTimeAndBlocksNoCaller() {
        String cluster = TestCluster.anyName();
        MemberProcess member = MemberProcess.startByClusterTime(cluster, 1).get(0);
        ClientConfig config = new ClientConfig().setClusterName(cluster).setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().setAddresses(List.of("127.0.0.1:" + member.port()));
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(-1);
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        try (HazelcastStore store =
                HazelcastStore.builder().instance(client).timeout(TIMEOUT).build()) {
            member.close();
            Presence presence = Presence.using(
                    store, PresenceConfig.builder().timeout(TIMEOUT).build());
            CompletableFuture<Boolean> call =
                    presence.topic("room").async().touch("ana").toCompletableFuture();
            Subscription watch = store.onChange(topic("room").id(), () -> {});
            assertThatThrownBy(() -> presence.topic("room").isLive("ana"))
                    .isInstanceOf(PresenceUnavailableException.class);
            assertThatThrownBy(call::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(PresenceUnavailableException.class);
            watch.close();
            assertThat(store.signals().size()).isZero();
            presence.close();
        } finally {
            client.getLifecycleService().terminate();
            member.close();
        }
    }

    @Test
    void g5_eachWatchHasOneSignalWhichEndsWithItAlsoWithoutACluster() {
        HazelcastStore store = own(TestCluster.anyName(), MemberProcess.freePort());
        List<Subscription> signals = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            signals.add(store.onChange(topic("room" + i % 3).id(), () -> {}));
        }
        assertThat(store.signals().size()).isEqualTo(20);
        signals.subList(0, 15).forEach(Subscription::close);
        assertThat(store.signals().size()).isEqualTo(5);
        store.close();
        assertThat(store.signals().size()).isZero();
        store.onChange(topic("room").id(), () -> {});
        assertThat(store.signals().size()).as("after the end").isZero();
    }

    @Test
    void w5_hintsBeginOnceThereIsACluster() {
        String cluster = TestCluster.anyName();
        int port = MemberProcess.freePort();
        try (HazelcastStore early = own(cluster, port)) {
            AtomicInteger signals = new AtomicInteger();
            early.onChange(topic("room").id(), signals::incrementAndGet);
            HazelcastInstance member = TestCluster.member(cluster, port, port);
            try (PresenceStore other =
                    HazelcastStore.builder().instance(member).timeout(PATIENCE).build()) {
                Eventually.await("the cluster is heard", () -> signals.get() > 0);
                other.topic(topic("room"))
                        .changesSince(null)
                        .toCompletableFuture()
                        .join();
                int before = signals.get();
                AtomicInteger names = new AtomicInteger();
                Eventually.await("changes are heard", () -> {
                    other.topic(topic("room"))
                            .touch(List.of(Touch.of("m" + names.incrementAndGet())))
                            .toCompletableFuture()
                            .join();
                    return signals.get() > before + 5;
                });
            } finally {
                member.getLifecycleService().terminate();
            }
        }
    }

    /** Calls whose caller gives up long before the timeout of the store. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void o2_aChangeThatFailedBeforeItWasSentIsNeverSent(int shards) {
        String cluster = TestCluster.anyName();
        int port = MemberProcess.freePort();
        HazelcastInstance client = unconnected(cluster, port);
        try (HazelcastStore store = HazelcastStore.builder()
                        .instance(client)
                        .topicShards(shards)
                        .timeout(PATIENCE)
                        .build();
                Presence presence = Presence.using(
                        store, PresenceConfig.builder().timeout(BRIEF).build())) {
            List<CompletableFuture<TouchOutcome>> waiting =
                    List.of(touch(store, "left", "ana"), touch(store, "reset", "ana"));
            assertThat(List.of(
                            presence.topic("touched").async().touch("ghost"),
                            presence.topic("touched").async().touchAll(List.of("spectre", "shade")),
                            presence.topic("left").async().leave("ana"),
                            presence.topic("reset").async().reset()))
                    .extracting(CompletionStage::toCompletableFuture)
                    .allSatisfy(call ->
                            assertThatThrownBy(call::join).hasCauseInstanceOf(PresenceUnavailableException.class));
            waiting = Stream.concat(waiting.stream(), Stream.of(touch(store, "touched", "bo")))
                    .toList();
            HazelcastInstance member = TestCluster.member(cluster, port, port);
            try {
                waiting.forEach(CompletableFuture::join);
                assertThat(names(store, "touched")).containsExactly("bo");
                assertThat(names(store, "left")).containsExactly("ana");
                assertThat(names(store, "reset")).containsExactly("ana");
            } finally {
                member.getLifecycleService().terminate();
            }
        } finally {
            client.getLifecycleService().terminate();
        }
    }

    private static HazelcastInstance unconnected(String cluster, int port) {
        ClientConfig config = TestCluster.client(cluster, List.of("127.0.0.1:" + port), TIMEOUT);
        config.getConnectionStrategyConfig().setAsyncStart(true);
        return HazelcastClient.newHazelcastClient(config);
    }

    private static CompletableFuture<TouchOutcome> touch(PresenceStore store, String topic, String name) {
        return store.topic(topic(topic)).touch(List.of(Touch.of(name))).toCompletableFuture();
    }

    private static List<String> names(PresenceStore store, String topic) {
        return store.topic(topic(topic))
                .names(null, 100)
                .toCompletableFuture()
                .join()
                .names();
    }

    /** Calls of one thread take effect in their order, also while the first proxy is being created. */
    @Test
    void o1_callsThatWaitForTheFirstConnectionKeepTheirOrder() throws Exception {
        TestCluster.Running running = TestCluster.clientOf(1);
        try (HazelcastStore store = HazelcastStore.builder()
                .instance(running.node())
                .timeout(PATIENCE)
                .build()) {
            Topic room = topic("room");
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                calls.add(store.topic(room)
                        .touch(List.of(new Touch("ana", "tab", "data" + i)))
                        .toCompletableFuture());
            }
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
            assertThat(store.topic(room)
                            .live(List.of("ana"))
                            .toCompletableFuture()
                            .join())
                    .hasEntrySatisfying(
                            "ana",
                            ana -> assertThat(ana.sessions())
                                    .extracting(Session::data)
                                    .containsExactly("data499"));
        } finally {
            running.end();
        }
    }
}
