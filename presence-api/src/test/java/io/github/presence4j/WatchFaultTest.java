package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watches while the store is away, slow or busy, on a clock that the test moves. */
class WatchFaultTest {
    private static final Duration TTL = Duration.ofMinutes(5);

    private final VirtualTimer timer = new VirtualTimer();
    private final List<PresenceEvent> told = new ArrayList<>();
    private final UnevenRooms store = new UnevenRooms();
    private long callsWhenTold;
    private final CallDeadlines calls = new CallDeadlines("rooms", Duration.ofHours(1));
    private final List<Throwable> warnings = new ArrayList<>();
    private final OutageLog outages = new OutageLog((line, failure) -> warnings.add(failure));
    private final WatchRegistry watches = new WatchRegistry(
            new WatchSettings(Duration.ofSeconds(1), 2_000, timer, new PollSlots(), outages), 1024, Runnable::run);

    @AfterEach
    void close() {
        watches.close();
        calls.close();
        timer.shutdownNow();
    }

    private void watch(String name) {
        Topic topic = new Topic(new TopicId("presence", name), TTL, null);
        watches.watch(new TopicCalls(calls, store, SingleCalls.of(store, calls), topic), event -> {
            told.add(event);
            callsWhenTold = store.calls;
        });
    }

    private List<String> kinds() {
        return told.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    @Test
    void w9_anOutageIsLoggedOnceHoweverManyTopicsAreWatched() {
        IntStream.range(0, 200).forEach(i -> watch("room " + i));
        timer.advance(Duration.ofSeconds(10));
        store.failing = true;
        timer.advance(Duration.ofSeconds(40));
        assertThat(kinds()).filteredOn("Interrupted"::equals).hasSize(200);
        assertThat(warnings).singleElement().isInstanceOf(PresenceUnavailableException.class);
        store.failing = false;
        timer.advance(Duration.ofSeconds(10));
        assertThat(kinds()).filteredOn("Resumed"::equals).hasSize(200);
        store.failing = true;
        timer.advance(Duration.ofSeconds(40));
        assertThat(warnings).as("the next outage").hasSize(2);
    }

    @Test
    void w9_onePollThatFailsAtOnceIsNoInterruption() {
        watch("room");
        timer.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            store.polls.add(UnevenRooms.failure());
            timer.advance(Duration.ofSeconds(40));
        }
        assertThat(store.polls).isEmpty();
        assertThat(kinds()).containsExactly("Snapshot");
        store.polls.add(UnevenRooms.failure());
        store.polls.add(UnevenRooms.failure());
        timer.advance(Duration.ofSeconds(40));
        assertThat(kinds()).containsExactly("Snapshot", "Interrupted", "Resumed");
    }

    @Test
    void w9_aTopicThatWaitsForItsTurnTooLongIsInterrupted() {
        watch("room");
        timer.advance(Duration.ofMinutes(1));
        store.silent = true;
        IntStream.range(0, PollSlots.HEALTHY).forEach(i -> watch("silent " + i));
        timer.advance(Duration.ofMinutes(3));
        assertThat(kinds()).containsExactly("Snapshot", "Interrupted");
    }

    @Test
    void b7_thePollsUnderWayAreBoundedAndTheRestFollows() {
        List<CompletableFuture<Changes>> answers = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> watch("room " + i));
        IntStream.range(0, PollSlots.HEALTHY).forEach(i -> answers.add(new CompletableFuture<>()));
        store.polls.addAll(answers);
        timer.advance(Duration.ZERO);
        assertThat(store.calls).isEqualTo(PollSlots.HEALTHY);
        answers.forEach(answer -> answer.complete(UnevenRooms.quiet(true, Changes.NEVER)));
        timer.advance(Duration.ZERO);
        assertThat(kinds()).hasSize(1_000);
    }

    /** Failing topics wait for one another, but working topics do not wait for them. */
    @Test
    void b7_topicsThatAreWellAreNotDelayedByThoseThatFail() {
        IntStream.range(0, 1_000).forEach(i -> watch("failing " + i));
        store.failing = true;
        timer.advance(Duration.ofMillis(10));
        store.failing = false;
        store.silent = true;
        timer.advance(Duration.ofSeconds(10));
        store.silent = false;
        watch("room");
        timer.advance(Duration.ZERO);
        assertThat(kinds()).containsExactly("Snapshot");
    }

    @Test
    void b2_aResyncThatFailedAsksForLessAndForMoreWhenItWorks() {
        store.slowPages = 3;
        watch("room");
        timer.advance(Duration.ofSeconds(30));
        assertThat(kinds()).containsExactly("Snapshot");
        assertThat(store.pageLimits).containsExactly(1_000, 250, 62, 15);
        store.polls.add(CompletableFuture.completedFuture(UnevenRooms.quiet(true, Changes.NEVER)));
        timer.advance(Duration.ofMinutes(2));
        assertThat(store.pageLimits).endsWith(15, 30);
    }

    @Test
    void w1_aTopicThatIsNeverSilentIsReadInFewCalls() {
        store.pages = 7;
        store.untilNext = Changes.SOON;
        store.polls.add(CompletableFuture.completedFuture(UnevenRooms.quiet(true, Changes.SOON)));
        assertThat(callsUntilTheSnapshot()).isEqualTo(1 + 7 * 2);
    }

    @Test
    void w1_aTopicThatChangesFasterThanItIsToldIsReadAllTheSame() {
        store.pages = 7;
        store.untilNext = Duration.ZERO;
        assertThat(callsUntilTheSnapshot()).isLessThanOrEqualTo(1 + 7 * 9);
    }

    private long callsUntilTheSnapshot() {
        watch("room");
        for (int i = 0; i < 1_000 && told.isEmpty(); i++) {
            timer.advanceByOneTask();
        }
        assertThat(kinds()).containsExactly("Snapshot");
        return callsWhenTold;
    }

    @Test
    void w8_periodsThatCannotWorkTogetherAreRefused() {
        PresenceConfig.Builder rare = PresenceConfig.builder().sweepInterval(Duration.ofMinutes(1));
        assertThatThrownBy(() -> rare.ttl(Duration.ofMillis(1)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sweepInterval")
                .hasMessageContaining("PT0.001S");
        assertThat(rare.ttl(Duration.ofMinutes(1)).build().sweepInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(PresenceConfig.builder().ttl(Duration.ofMillis(1)).build().ttl())
                .as("the default suits every TTL")
                .isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void w6_aFailureThatRepeatsIsLoggedOnceAMinute() {
        LogThrottle throttle = new LogThrottle();
        assertThat(throttle.count()).isEqualTo(1);
        IntStream.range(0, 1_000).forEach(i -> assertThat(throttle.count()).isZero());
        throttle.reset();
        assertThat(throttle.count()).as("it worked in between").isEqualTo(1);
    }
}
