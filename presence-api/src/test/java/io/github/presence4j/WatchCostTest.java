package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often watching asks a store where nothing happens. Its time is a test's, so an hour of it takes no time. */
class WatchCostTest {
    private static final Duration TTL = Duration.ofMinutes(5);

    /** Of members who beat every two minutes. */
    private static final Duration UNTIL_NEXT = Duration.ofMinutes(3);

    private final VirtualTimer timer = new VirtualTimer();
    private final List<PresenceEvent> told = new ArrayList<>();

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    private WatchRegistry watches() {
        return new WatchRegistry(PresenceConfig.defaults(), timer, Runnable::run);
    }

    private void watch(WatchRegistry watches, BeatingRooms store, String name, Duration ttl) {
        CallDeadlines calls = new CallDeadlines("rooms", Duration.ofSeconds(2));
        Topic topic = new Topic(new TopicId("presence", name), ttl, null);
        watches.watch(new TopicCalls(calls, store, SingleCalls.of(store, calls), topic), told::add);
    }

    /** What one watched room costs, once it is begun. */
    private long callsOfARoom(Duration ttl, Duration untilNext, Duration during) {
        BeatingRooms store = new BeatingRooms(untilNext);
        watch(watches(), store, "room", ttl);
        timer.advance(Duration.ZERO);
        assertThat(store.calls()).as("to begin").isEqualTo(3);
        timer.advance(during);
        return store.calls();
    }

    @Test
    void w1_toBeginIsOneQuestionThePagesAndOneQuestionMore() {
        assertThat(callsOfARoom(TTL, UNTIL_NEXT, Duration.ZERO)).isZero();
        assertThat(told).hasSize(1);
    }

    @Test
    void w5_aQuietRoomIsAskedEveryThirdOfItsTtlButNotMoreOftenThanEvery30Seconds() {
        assertThat(callsOfARoom(TTL, UNTIL_NEXT, Duration.ofHours(1))).isEqualTo(120);
        assertThat(callsOfARoom(Duration.ofDays(1), Changes.NEVER, Duration.ofHours(1)))
                .isEqualTo(120);
        assertThat(callsOfARoom(Duration.ofSeconds(30), Duration.ofSeconds(18), Duration.ofSeconds(300)))
                .isEqualTo(30);
    }

    /** A jitter comes on top of the time to the next timeout, so that not all watchers ask at the same moment. */
    @Test
    void w4_aTimeoutThatIsDueSoonerIsWaitedFor() {
        assertThat(callsOfARoom(TTL, Duration.ofSeconds(10), Duration.ofMinutes(10)))
                .isBetween(600L / 11, 60L);
    }

    @Test
    void w4_tenThousandBeatingRoomsAreLessThan500CallsASecond() {
        BeatingRooms store = new BeatingRooms(UNTIL_NEXT);
        WatchRegistry watches = watches();
        IntStream.range(0, 10_000).forEach(i -> watch(watches, store, "room " + i, TTL));
        timer.advance(Duration.ZERO);
        store.calls();
        timer.advance(TTL);
        assertThat(store.calls()).isLessThan(500 * TTL.toSeconds());
    }

    @Test
    void w5_hintsThatComeTogetherAreOneCall() {
        BeatingRooms store = new BeatingRooms(UNTIL_NEXT);
        watch(watches(), store, "room", TTL);
        timer.advance(Duration.ZERO);
        store.calls();
        IntStream.range(0, 1000).forEach(i -> store.wakes.forEach(ChangeListener::changed));
        timer.advance(Duration.ofSeconds(1));
        assertThat(store.calls()).isEqualTo(1);
    }

    @Test
    void w5_manyListenersOfARoomAreOneWatch() {
        BeatingRooms store = new BeatingRooms(UNTIL_NEXT);
        WatchRegistry watches = watches();
        IntStream.range(0, 100).forEach(i -> watch(watches, store, "room", TTL));
        timer.advance(Duration.ZERO);
        assertThat(told).hasSize(100);
        store.calls();
        timer.advance(Duration.ofHours(1));
        assertThat(store.calls()).isEqualTo(120);
    }
}
