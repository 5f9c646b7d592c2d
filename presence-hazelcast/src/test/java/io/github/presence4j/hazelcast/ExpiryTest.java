package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How long Hazelcast keeps entries (G1). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpiryTest {
    private static final Duration GRACE = Duration.ofSeconds(60 + StoreClock.MAX_CLOCK_SKEW_SECONDS + 1);

    private final int port = MemberProcess.freePort();
    private final HazelcastInstance member = TestCluster.member(TestCluster.anyName(), port, port);
    private HazelcastStore store;

    @BeforeAll
    void open() {
        TestClock.install(member);
        store = HazelcastStore.builder()
                .instance(member)
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    @AfterAll
    void end() {
        store.close();
        member.getLifecycleService().terminate();
    }

    private static Topic topic(String name, Duration ttl) {
        return new Topic(new TopicId("presence", name), ttl, null);
    }

    private void touch(String name, Duration ttl) {
        store.topic(topic(name, ttl))
                .touch(List.of(Touch.of("ana")))
                .toCompletableFuture()
                .join();
    }

    private void watch(String name, Duration ttl) {
        store.topic(topic(name, ttl)).changesSince(null).toCompletableFuture().join();
    }

    private Duration left(String name) {
        EntryLocation place = EntryLocation.of(new TopicId("presence", name));
        long expires = member.getMap(place.map()).getEntryView(place.key()).getExpirationTime();
        return Duration.ofMillis(expires - System.currentTimeMillis());
    }

    @Test
    void g1_aShorterTtlShortensTheLifeOfTheTopic() {
        touch("shorter", Duration.ofDays(365));
        assertThat(left("shorter")).isGreaterThan(Duration.ofDays(364));
        touch("shorter", Duration.ofSeconds(1));
        assertThat(left("shorter")).isLessThanOrEqualTo(GRACE.plusSeconds(1));
    }

    @Test
    void g1_aWatcherKeepsTheHistoryButNotTheLongerLife() {
        touch("watched", Duration.ofDays(365));
        watch("watched", Duration.ofDays(365));
        assertThat(left("watched")).as("a watcher takes nothing away").isGreaterThan(Duration.ofDays(364));
        touch("watched", Duration.ofSeconds(1));
        assertThat(left("watched")).as("90 s for the history").isBetween(GRACE.plusSeconds(25), GRACE.plusSeconds(30));
    }

    @Test
    void g1_aWatcherOfATopicThatNobodyTouchesKeepsItFor90Seconds() {
        watch("empty", Duration.ofDays(365));
        assertThat(left("empty")).isBetween(GRACE.plusSeconds(25), GRACE.plusSeconds(30));
    }

    /** Hazelcast interprets zero and less as "for ever". */
    @Test
    void g1_anEntryWhoseLifeIsOverIsNotKeptForEver() {
        EntryLocation place = EntryLocation.of(new TopicId("presence", "over"));
        IMap<String, TopicCell> map = member.getMap(place.map());
        touch("over", Duration.ofSeconds(1));
        map.executeOnKey(place.key(), CellUpdateProcessor.of(new CellCommand.Retire(), 1000, false));
        shift(Duration.ofMinutes(10));
        try {
            map.executeOnKey(place.key(), CellUpdateProcessor.of(new CellCommand.Retire(), 1000, false));
            assertThat(left("over")).isLessThanOrEqualTo(Duration.ofSeconds(1));
        } finally {
            shift(Duration.ofMinutes(-10));
        }
    }

    private void shift(Duration by) {
        TestClock.Shift shift = new TestClock.Shift(by.toMillis());
        shift.setHazelcastInstance(member);
        assertThat(shift.call()).isTrue();
    }
}
