package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import io.github.presence4j.PresenceCapacityException;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TouchOutcome;
import io.github.presence4j.testkit.fault.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Rule B7: the calls under way in a store are bounded. The client here is one of the application, whose only member was killed after
 * the store had used it.
 */
@Timeout(110)
class CallsUnderWayTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Topic ROOM = new Topic(new TopicId("presence", "room"), Duration.ofMinutes(5), null);

    private final String cluster = TestCluster.anyName();
    private final MemberProcess member =
            MemberProcess.startByClusterTime(cluster, 1).get(0);
    private final HazelcastInstance client = client();
    private final HazelcastStore store =
            HazelcastStore.builder().instance(client).timeout(PATIENCE).build();

    private HazelcastInstance client() {
        ClientConfig config = new ClientConfig().setClusterName(cluster).setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().setAddresses(List.of("127.0.0.1:" + member.port()));
        config.getConnectionStrategyConfig()
                .getConnectionRetryConfig()
                .setClusterConnectTimeoutMillis(-1)
                .setInitialBackoffMillis(100)
                .setMaxBackoffMillis(500);
        return HazelcastClient.newHazelcastClient(config);
    }

    @AfterEach
    void end() {
        store.close();
        client.getLifecycleService().terminate();
        member.close();
    }

    private CompletableFuture<TouchOutcome> touch(String name) {
        return store.topic(ROOM).touch(List.of(Touch.of(name))).toCompletableFuture();
    }

    private List<CompletableFuture<TouchOutcome>> fill() {
        return Stream.generate(() -> touch("waiting"))
                .limit(EntryProcessorClient.MAX_UNDER_WAY)
                .toList();
    }

    private void killTheMember() {
        touch("ana").join();
        AtomicBoolean isDisconnected = new AtomicBoolean();
        client.getLifecycleService()
                .addLifecycleListener(event -> isDisconnected.compareAndSet(
                        false, event.getState() == LifecycleEvent.LifecycleState.CLIENT_DISCONNECTED));
        member.close();
        Eventually.await("the client has noticed", isDisconnected::get);
    }

    private static void isRefused(CompletableFuture<?> call) {
        assertThat(call)
                .isCompletedExceptionally()
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(PresenceCapacityException.class)
                .withMessageContaining("65536 calls under way");
    }

    /** The limit is free again once calls have ended. */
    @Test
    void b7_aCallBeyondTheLimitHasNoEffect() {
        killTheMember();
        List<CompletableFuture<TouchOutcome>> waiting = fill();
        isRefused(touch("ghost"));
        waiting.forEach(call -> call.cancel(false));
        CompletableFuture<TouchOutcome> later = touch("bo");
        try (MemberProcess again = member.again()) {
            assertThat(again.isAlive()).isTrue();
            assertThat(later.join().joined()).containsExactly("bo");
            assertThat(store.topic(ROOM)
                            .liveAmong(List.of("ana", "bo", "ghost", "waiting"))
                            .toCompletableFuture()
                            .join())
                    .containsExactly("bo");
        }
    }

    @Test
    void b7_aCallBeyondTheLimitFailsAtOnceByTheNameOfTheLimit() {
        killTheMember();
        List<CompletableFuture<TouchOutcome>> waiting = fill();
        isRefused(touch("ghost"));
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        store.close();
        assertThat(waiting).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(waiting.get(0))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(PresenceUnavailableException.class);
    }
}
