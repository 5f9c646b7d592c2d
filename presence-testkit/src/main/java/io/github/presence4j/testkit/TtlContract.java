package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Session;
import io.github.presence4j.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Rule T5: several TTLs of one topic, as during a rolling deployment. */
interface TtlContract {
    /** The number of changes between two TTLs. */
    int TURNS = 50;

    @Test
    default void t5_aShorterTtlThanThatOfWhoeverMadeTheTopicIsKept(TestContext stage) {
        List<Consumer<PresenceTopic>> makers = List.of(
                PresenceTopic::reset,
                topic -> stage.history(stage.peerLink(), topic),
                topic -> topic.leave("nobody", "tab"));
        for (int i = 0; i < makers.size(); i++) {
            makers.get(i).accept(stage.peer().topic("made " + i));
            PresenceTopic topic = stage.node().topic("made " + i, Duration.ofSeconds(1));
            assertThat(topic.touchAll(List.of("ana", "bo"))).containsExactlyInAnyOrder("ana", "bo");
            stage.elapse(Duration.ofMillis(2_500));
            assertThat(topic.isLive("ana")).as("topic %s", i).isFalse();
            assertThat(topic.touch("ana")).as("joins again in topic %s", i).isTrue();
            assertThat(topic.list()).containsExactly("ana");
        }
    }

    @Test
    default void t5_aLongerTtlBringsNoSessionBackThatHadLapsed(TestContext stage) {
        PresenceTopic minute = stage.node().topic("deployed", Duration.ofSeconds(60));
        PresenceTopic hour = stage.peer().topic("deployed", Duration.ofHours(1));
        minute.touch("ana", "lapsed", "data");
        stage.elapse(Duration.ofSeconds(59));
        minute.touch("ana", "live");
        stage.elapse(Duration.ofSeconds(30));
        hour.touch("bo");
        assertThat(hour.member("ana").orElseThrow().sessions())
                .extracting(Session::id)
                .containsExactly("live");
        assertThat(hour.leave("ana", "live")).as("her last session").isTrue();
        assertThat(hour.isLive("ana")).isFalse();
    }

    @Test
    default void t5_watchersHearOfAShorterTtl(TestContext stage) {
        PresenceTopic hour = stage.node().topic("deployed", Duration.ofHours(1));
        hour.touchAll(List.of("ana", "bo"));
        RecordingWatcher watcher = stage.watch(hour);
        // What was delivered came after the polls with which a watch begins: none of them comes late and sees the TTL
        // below.
        hour.touch("first");
        watcher.awaitView(List.of("ana", "bo", "first"));
        hour.touch("second");
        watcher.awaitView(List.of("ana", "bo", "first", "second"));
        hour.touchAll(List.of("ana", "bo", "first", "second"));
        // a renewal, so no event; unless a busy machine was too late for it
        stage.peer().topic("deployed", TestContext.SHORT).touch("bo");
        watcher.awaitView(List.of());
    }

    @Test
    default void t5_severalTtlsAtOnceCostNoMoreSignalsThanOne(TestContext stage) {
        PresenceTopic minutes = stage.node().topic("deployed", Duration.ofMinutes(5));
        PresenceTopic hour = stage.peer().topic("deployed", Duration.ofHours(1));
        minutes.touchAll(List.of("ana", "bo"));
        AtomicInteger signals = new AtomicInteger();
        Subscription subscription = stage.peerLink().onChange(stage.spi(hour).id(), signals::incrementAndGet);
        try {
            ManualWatcher history = stage.history(stage.peerLink(), hour);
            hour.touch("first");
            stage.until("signals are heard", () -> signals.get() > 0);
            history.changes();
            int before = signals.get();
            for (int i = 0; i < TURNS; i++) {
                minutes.touch("ana");
                history.changes();
                hour.touch("bo");
                history.changes();
            }
            int after = signals.get();
            minutes.touch("last");
            // signals arrive in order, so those of the turns have arrived before this one
            stage.until("the signal of a join", () -> signals.get() > after);
            assertThat(signals.get() - before).as("signals of %s turns", TURNS).isLessThanOrEqualTo(3);
        } finally {
            subscription.close();
        }
    }
}
