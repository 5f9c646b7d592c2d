package io.github.presence4j.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.redis.RedisStore;
import io.github.presence4j.redis.server.GivenServer;
import io.github.presence4j.testkit.fault.EventOrderChecker;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.TcpProxy;
import io.github.presence4j.testkit.fault.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Watches while the link is lost, and when it is back. */
@Tag("given")
class LateWatchTest {
    /** For the node that nothing happens to, however busy the machine. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Without signals the watcher would still see changes, but only every 30 seconds. */
    @Test
    void w1_aWatchBegunWhileTheLinkIsCutHearsHints() {
        try (GivenServer server = GivenServer.open();
                TcpProxy proxy = server.proxy();
                RedisStore store = RedisStore.builder().uri(server.uri(proxy)).build();
                RedisStore otherStore =
                        RedisStore.builder().uri(server.uri()).timeout(LONG).build();
                Presence presence = Presence.using(store, PresenceConfig.defaults());
                Presence other = Presence.using(
                        otherStore, PresenceConfig.builder().timeout(LONG).build())) {
            EventOrderChecker early = new EventOrderChecker();
            presence.topic("early").watch(early::see);
            other.topic("early").touch("ana");
            Eventually.await("the early watch sees", () -> early.view().contains("ana"));
            proxy.cut();
            other.topic("late").touch("ana");
            Eventually.await("the cut is noticed", () -> isOutOfReach(presence));
            EventOrderChecker late = new EventOrderChecker();
            presence.topic("late").watch(late::see);
            long calls =
                    IntStream.range(0, 100).filter(i -> isOutOfReach(presence)).count();
            assertThat(calls).as("calls that failed while the watch began").isEqualTo(100);
            proxy.heal();
            Eventually.await("the late watch has begun", () -> late.view().contains("ana"));
            assertThat(untilSeen(other, "early", early)).isLessThan(Duration.ofSeconds(3));
            assertThat(untilSeen(other, "late", late)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void w9_quietWatchesAreSoonToldThatTheLinkIsCut() {
        assertThatQuietWatchesAreTold(TcpProxy::cut);
    }

    @Test
    void w9_quietWatchesAreSoonToldThatTheLinkIsHalfOpen() {
        assertThatQuietWatchesAreTold(TcpProxy::halfOpen);
    }

    /**
     * A quiet topic is polled every 30 seconds only, for the first time after a random part of that. Twenty watches would not all
     * poll soon by chance.
     */
    private static void assertThatQuietWatchesAreTold(Consumer<TcpProxy> fault) {
        try (GivenServer server = GivenServer.open();
                TcpProxy proxy = server.proxy();
                RedisStore store = RedisStore.builder().uri(server.uri(proxy)).build();
                Presence presence = Presence.using(store, PresenceConfig.defaults())) {
            Map<String, PresenceEvent> last = new ConcurrentHashMap<>();
            List<String> topics =
                    IntStream.range(0, 20).mapToObj(i -> "quiet" + i).toList();
            topics.forEach(topic -> presence.topic(topic).watch(event -> last.put(topic, event)));
            Eventually.await("the watches have begun", () -> last.size() == topics.size());
            fault.accept(proxy);
            Eventually.await(SOON, "the outage is told", () -> allAre(PresenceEvent.Interrupted.class, last));
            proxy.heal();
            Eventually.await(SOON, "its end is told", () -> allAre(PresenceEvent.Resumed.class, last));
        }
    }

    private static boolean allAre(Class<?> type, Map<String, PresenceEvent> events) {
        return events.values().stream().allMatch(type::isInstance);
    }

    private static boolean isOutOfReach(Presence presence) {
        try {
            presence.topic("early").count();
            return false;
        } catch (PresenceUnavailableException e) {
            return true;
        }
    }

    private static Duration untilSeen(Presence by, String topic, EventOrderChecker onlooker) {
        long begin = System.nanoTime();
        by.topic(topic).touch("bo");
        Eventually.await(topic + " is told of bo", () -> onlooker.view().contains("bo"));
        return Timing.since(begin);
    }
}
