package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.TopicStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules G1, G2, B3 and B4: what a store forgets of a topic besides expired members. */
interface ForgettingContract {
    int DEPARTED = 500;

    /** The number of members in traffic, so many that every shard of a topic has some. */
    int BUSY = 20;

    int MAX_EVENTS = 4_096;
    int EVENT_BYTES = 4_000;
    int LOG_BYTES = 1 << 20;

    /** How much a store may keep beyond a limit, since it cuts in steps. */
    int STEP = 600;

    @Test
    default void g1_aTopicThatIsMadeAgainIsNotTheFormerOne(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("before");
        ManualWatcher former = stage.history(stage.peerLink(), topic);
        topic.touch("ana");
        former.changes();
        Changes last = former.last();
        stage.elapse(TestContext.TTL.plusMinutes(7));
        stage.until("nothing of the topic is left", () -> stage.occupied(topic) == 0);
        ManualWatcher again = stage.history(stage.link(), topic);
        topic.touchAll(MemberNames.of("m", 20));
        assertThat(again.changes()).hasSize(20);
        assertThat(again.last().position().epoch())
                .as("epoch")
                .isNotEqualTo(last.position().epoch());
        Changes changes = stage.await(stage.link().topic(stage.spi(topic)).changesSince(last.cursor()));
        assertThat(changes.gap()).as("a gap for a cursor of the former topic").isTrue();
    }

    @Test
    default void b3_theLogOfATopicThatIsNoLongerWatchedIsFreed(TestContext stage) {
        PresenceTopic topic = stage.fresh(Duration.ofHours(1));
        ManualWatcher history = stage.history(stage.link(), topic);
        update(topic, DEPARTED, "");
        assertThat(history.changes()).hasSize(DEPARTED);
        assertThat(stage.occupied(topic)).as("members and events").isGreaterThanOrEqualTo(DEPARTED);
        stage.elapse(Duration.ofSeconds(91));
        MemberNames.of("m", BUSY).forEach(topic::touch);
        stage.until("the log is freed", () -> stage.occupied(topic) <= TestContext.REST);
    }

    @Test
    default void b3_theLogOfAWatchedTopicKeepsABoundedNumberOfEvents(TestContext stage) {
        PresenceTopic topic = stage.fresh(Duration.ofHours(1));
        stage.history(stage.link(), topic);
        update(topic, 2 * MAX_EVENTS, "");
        assertThat(stage.occupied(topic)).as("events").isBetween(1_000L, (long) MAX_EVENTS + STEP);
    }

    @Test
    default void b3_theLogOfAWatchedTopicKeepsABoundedNumberOfBytes(TestContext stage) {
        PresenceTopic topic = stage.fresh(Duration.ofHours(1));
        stage.history(stage.link(), topic);
        update(topic, STEP, "x".repeat(EVENT_BYTES));
        assertThat(stage.occupied(topic))
                .as("events of %d bytes", EVENT_BYTES)
                .isBetween(50L, LOG_BYTES / EVENT_BYTES + 150L);
    }

    private static void update(PresenceTopic topic, int events, String data) {
        topic.touch(IntStream.range(0, events)
                .mapToObj(i -> Touch.of("ana").withData(i + " " + data))
                .toList());
    }

    @Test
    default void g2_trafficForgetsSessionsThatLeft(TestContext stage) {
        PresenceTopic topic = stage.topic();
        TopicStore store = stage.link().topic(stage.spi(topic));
        topic.touch("stayer");
        stage.await(store.leave(IntStream.range(0, DEPARTED)
                .mapToObj(i -> new Leave("gone", "tab " + i))
                .toList()));
        assertThat(stage.occupied(topic)).as("members and sessions that left").isGreaterThan(DEPARTED);
        stage.elapse(TestContext.TTL.minusSeconds(20));
        topic.touch("stayer");
        stage.elapse(Duration.ofSeconds(21));
        for (int i = 0; i < TestContext.TRAFFIC; i++) {
            topic.touch("m" + i % BUSY, "tab");
            topic.leave("m" + i % BUSY, "tab " + i);
        }
        stage.until(
                "the sessions that left are forgotten",
                () -> stage.occupied(topic) <= TestContext.TRAFFIC + BUSY + 1 + TestContext.REST);
        assertThat(topic.touchAll(List.of("stayer"))).isEmpty();
    }
}
