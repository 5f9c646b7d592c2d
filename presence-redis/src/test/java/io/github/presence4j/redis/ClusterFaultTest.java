package io.github.presence4j.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Touch;
import io.github.presence4j.redis.server.ClusterSet;
import io.github.presence4j.redis.server.RedisBinary;
import io.github.presence4j.redis.server.RedisProcess;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.TcpProxy;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.internal.HostAndPort;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.MappingSocketAddressResolver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Faults of a cluster while calls are under way. */
class ClusterFaultTest {
    private static final Topic ROOM = new Topic(new TopicId("presence", "room"), Duration.ofMinutes(1), null);
    private static final String KEY = CellKeys.of(ROOM.id()).live();
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static ClusterSet cluster;

    @BeforeAll
    static void start() {
        cluster = ClusterSet.start(RedisBinary.find());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** The answer to a leave is lost, the member returns, and then the link is restored. */
    @Test
    void o3_aChangeWhoseAnswerWasLostIsNotSentAgain() {
        RedisProcess master = cluster.masterOf(KEY);
        try (TcpProxy proxy = TcpProxy.to(master.port());
                RedisStore elsewhere =
                        RedisStore.builder().uri(cluster.uri()).cluster(true).build()) {
            ClientResources resources = through(proxy, master);
            RedisClusterClient client = LettuceClients.cluster(
                    resources, List.of(RedisURI.create(cluster.uris().get(0))), PATIENT, null);
            try (RedisStore store =
                    RedisStore.builder().client(client).timeout(PATIENT).build()) {
                answer(store.topic(ROOM).touch(List.of(Touch.of("ana"))));
                answer(store.topic(ROOM).leave(List.of(new Leave("bo", null))));
                proxy.loseAnswers();
                CompletionStage<?> leave = store.topic(ROOM).leave(List.of(new Leave("ana", null)));
                Eventually.await(
                        "the leave is carried out",
                        () -> answer(elsewhere.topic(ROOM).count()) == 0);
                answer(elsewhere.topic(ROOM).touch(List.of(Touch.of("ana"))));
                proxy.cut();
                proxy.heal();
                Eventually.await(
                        "the link is back",
                        () -> answer(store.topic(ROOM).count().handle((n, failure) -> failure)) == null);
                assertThat(leave)
                        .failsWithin(PATIENT)
                        .withThrowableThat()
                        .withCauseInstanceOf(PresenceUnavailableException.class);
                assertThat(answer(elsewhere.topic(ROOM).count()))
                        .as("ana came back after the leave")
                        .isOne();
            } finally {
                LettuceClients.shutdown(client, resources);
                answer(elsewhere.topic(ROOM).reset());
            }
        }
    }

    /** Creates a client like that of a store, except that one master is reached through the proxy. */
    private static ClientResources through(TcpProxy proxy, RedisProcess master) {
        return LettuceClients.resources(PATIENT)
                .mutate()
                .socketAddressResolver(MappingSocketAddressResolver.create(
                        DnsResolvers.UNRESOLVED,
                        target -> target.getPort() == master.port()
                                ? HostAndPort.of(target.getHostText(), proxy.port())
                                : target))
                .build();
    }

    private static boolean isRefusing(RedisProcess master) {
        String errors = master.command("INFO", "errorstats");
        return errors.contains("errorstat_ASK") || errors.contains("errorstat_TRYAGAIN");
    }

    /** Redis answers TRYAGAIN to a command on keys of which some are absent, even before the first key of the slot has moved. */
    @Test
    void e7_callsWaitInTheirOrderWhileASlotIsMoved() {
        try (RedisStore store = RedisStore.builder()
                .uri(cluster.uri())
                .cluster(true)
                .timeout(PATIENT)
                .build()) {
            answer(store.topic(ROOM).touch(List.of(Touch.of("ana"))));
            RedisProcess from = cluster.masterOf(KEY);
            RedisProcess to = cluster.masters().stream()
                    .filter(master -> master != from)
                    .findFirst()
                    .orElseThrow();
            cluster.beginMove(KEY, to);
            CompletionStage<?> touch = store.topic(ROOM).touch(List.of(Touch.of("bo", "tab")));
            CompletionStage<?> leave = store.topic(ROOM).leave(List.of(new Leave("bo", "tab")));
            CompletionStage<?> last = store.topic(ROOM).touch(List.of(Touch.of("cy", "tab")));
            Eventually.await(
                    "the server has refused a touch, or carried it out",
                    () -> touch.toCompletableFuture().isDone() || isRefusing(from));
            cluster.endMove(KEY, to);
            answer(touch);
            answer(leave);
            answer(last);
            assertThat(answer(store.topic(ROOM).liveAmong(List.of("ana", "bo", "cy"))))
                    .containsExactlyInAnyOrder("ana", "cy");
            answer(store.topic(ROOM).reset());
        }
    }
}
