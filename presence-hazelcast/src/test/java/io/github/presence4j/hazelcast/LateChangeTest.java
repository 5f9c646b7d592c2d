package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.map.IMap;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A change that was reported as failed takes no effect when its member resumes or returns. The client here is one of the application,
 * which retries for two minutes.
 */
class LateChangeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Of the store. It runs from when the store sends a change, which is later than the call on a busy machine. */
    private static final Duration DEADLINE = TIMEOUT.minusSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String cluster = TestCluster.anyName();
    private final MemberProcess member =
            MemberProcess.startByClusterTime(cluster, 1).get(0);
    private final HazelcastInstance client = client();

    private HazelcastInstance client() {
        ClientConfig config = new ClientConfig().setClusterName(cluster).setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().setAddresses(List.of("127.0.0.1:" + member.port()));
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(-1);
        return HazelcastClient.newHazelcastClient(config);
    }

    @AfterEach
    void end() {
        client.getLifecycleService().terminate();
        member.close();
    }

    private HazelcastStore store(int shards, Duration timeout) {
        return HazelcastStore.builder()
                .instance(client)
                .topicShards(shards)
                .timeout(timeout)
                .build();
    }

    private static Presence presence(HazelcastStore store, Duration timeout) {
        return Presence.using(store, PresenceConfig.builder().timeout(timeout).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void o2_whatFailedWhileItsOwnerWasFrozenTakesNoEffectLater(int shards) {
        try (HazelcastStore brief = store(shards, DEADLINE);
                HazelcastStore patient = store(shards, PATIENCE);
                Presence presence = presence(brief, TIMEOUT);
                Presence later = presence(patient, PATIENCE)) {
            for (String topic : List.of("touched", "left", "reset")) {
                later.topic(topic).touch("ana");
                presence.topic(topic).touch("ana");
            }
            member.freeze();
            assertThat(List.of(
                            presence.topic("touched").async().touch("ghost"),
                            presence.topic("left").async().leave("ana"),
                            presence.topic("reset").async().reset()))
                    .extracting(CompletionStage::toCompletableFuture)
                    .allSatisfy(call ->
                            assertThatThrownBy(call::join).hasCauseInstanceOf(PresenceUnavailableException.class));
            member.thaw();
            assertThat(later.topic("touched").list()).containsExactly("ana");
            assertThat(later.topic("left").list()).containsExactly("ana");
            assertThat(later.topic("reset").list()).containsExactly("ana");
        } finally {
            member.thaw();
        }
    }

    /** Commands that a client sends again for two minutes. */
    @Test
    void o2_whatIsRetriedUntilItsMemberIsBackIsRefused() {
        try (HazelcastStore store = store(1, PATIENCE);
                Presence presence = presence(store, PATIENCE)) {
            presence.topic("room").touch("ana");
            EntryLocation place = EntryLocation.of(new TopicId("presence", "room"));
            IMap<String, TopicCell> map = client.getMap(place.map());
            AtomicBoolean isDisconnected = new AtomicBoolean();
            client.getLifecycleService()
                    .addLifecycleListener(event -> isDisconnected.compareAndSet(
                            false, event.getState() == LifecycleEvent.LifecycleState.CLIENT_DISCONNECTED));
            member.close();
            // calls under way when the connection ends are not sent again; later calls are
            Eventually.await("the client has noticed", isDisconnected::get);
            CellUpdateProcessor change =
                    CellUpdateProcessor.of(new CellCommand.TouchAll(List.of(Touch.of("ghost")), 60_000), 60_000, false);
            change.due(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis() + 100));
            CompletionStage<CommandResult> touch = map.submitToKey(place.key(), change);
            try (MemberProcess again = member.again()) {
                assertThat(again.isAlive()).isTrue();
                assertThat(touch.toCompletableFuture()
                                .orTimeout(60, TimeUnit.SECONDS)
                                .join()
                                .isLate())
                        .isTrue();
                assertThat(presence.topic("room").list()).isEmpty();
            }
        }
    }

    @Test
    void e2_aCallOfAMemberThatIsDownFailsAtTheTimeoutAndIsDoneOnceItIsBack() {
        try (HazelcastStore store = store(1, TIMEOUT);
                Presence presence = presence(store, TIMEOUT)) {
            PresenceTopic room = presence.topic("room");
            room.touch("ana");
            member.close();
            assertThatThrownBy(() -> room.touch("ghost")).isInstanceOf(PresenceUnavailableException.class);
            try (MemberProcess again = member.again();
                    HazelcastStore patient = store(1, PATIENCE);
                    Presence later = presence(patient, PATIENCE)) {
                assertThat(again.isAlive()).isTrue();
                PresenceTopic afterwards = later.topic("room");
                afterwards.leave("ghost");
                assertThat(afterwards.touch("bo")).isTrue();
                assertThat(Stream.of("ana", "bo", "ghost").filter(afterwards::isLive))
                        .containsExactly("bo");
            }
        }
    }
}
