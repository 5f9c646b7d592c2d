package io.github.presence4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceCapacityException;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A full store admits new members as soon as others have expired (E5), in bounded steps (B6). */
class FullStoreTest {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final int TOPICS = 3_000;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final InMemoryStore store =
            InMemoryStore.builder().ticker(this::read).maxMembers(TOPICS).build();
    private final Presence presence =
            Presence.using(store, PresenceConfig.builder().ttl(TTL).build());
    private final PresenceTopic other = presence.topic("other");

    private long read() {
        reads.incrementAndGet();
        return nanos.get();
    }

    @AfterEach
    void close() {
        presence.close();
        store.close();
    }

    private void elapse(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private PresenceTopic topic(int number) {
        return presence.topic("topic " + number);
    }

    private void refuses(String newcomer) {
        assertThatThrownBy(() -> other.touch(newcomer)).isInstanceOf(PresenceCapacityException.class);
    }

    @Test
    void e5_aNewcomerIsLetInAtTheMillisecondInWhichAMemberExpired() {
        topic(0).touchAll(IntStream.range(0, TOPICS).mapToObj(i -> "m" + i).toList());
        refuses("one");
        refuses("two");
        elapse(TTL);
        refuses("three");
        elapse(Duration.ofMillis(1));
        assertThat(other.touch("four")).isTrue();
        assertThat(other.touch("five")).isTrue();
    }

    @Test
    void e5_aNewcomerIsLetIntoTheTopicWhoseMembersExpired() {
        topic(0).touchAll(IntStream.range(0, TOPICS).mapToObj(i -> "m" + i).toList());
        elapse(TTL.plusMillis(1));
        assertThat(topic(0).touch("one")).isTrue();
    }

    @Test
    void e5_aNewcomerIsLetInWhenAnotherTtlMakesMembersExpireEarlier() {
        topic(0).touchAll(IntStream.range(0, TOPICS - 1).mapToObj(i -> "m" + i).toList());
        elapse(Duration.ofMinutes(1));
        presence.topic("topic 0").touch("stays");
        refuses("one");
        presence.topic("topic 0", Duration.ofSeconds(10)).touch("stays");
        assertThat(other.touch("two")).isTrue();
        assertThat(topic(0).list()).containsExactly("stays");
    }

    /** Nearly all topics are live, but noted with an older time. Examining one costs one reading of the clock. */
    @Test
    void b6_aRefusedNewcomerLooksAtABoundedNumberOfTopics() {
        for (int i = 0; i < TOPICS; i++) {
            topic(i).touch("m");
        }
        elapse(Duration.ofSeconds(200));
        for (int i = 1; i < TOPICS; i++) {
            topic(i).touch("m");
        }
        elapse(Duration.ofSeconds(101));
        reads.set(0);
        assertThat(other.touch("one")).as("for the one who expired").isTrue();
        assertThat(reads.get()).isLessThan(100);
        for (int i = 0; i < 4; i++) {
            reads.set(0);
            refuses("two");
            assertThat(reads.get()).as("topics looked at").isLessThan(1_100);
        }
        reads.set(0);
        refuses("two");
        assertThat(reads.get()).as("once all are known").isLessThan(10);
    }

    @Test
    void e5_aBulkOfNewcomersFindsRoomForAll() {
        for (int i = 0; i < TOPICS; i++) {
            topic(i).touch("m");
        }
        elapse(TTL.plusMillis(1));
        List<String> newcomers =
                IntStream.range(0, TOPICS).mapToObj(i -> "new " + i).toList();
        assertThat(other.touchAll(newcomers)).hasSize(TOPICS);
        assertThatThrownBy(() -> topic(0).touch("late")).isInstanceOf(PresenceCapacityException.class);
    }

    @Test
    void b4_departuresAreBoundedAsMembersAreAndTakeNoRoomFromThem() {
        for (int i = 0; i < 2 * TOPICS; i++) {
            other.leave("user " + i, "tab");
        }
        assertThat(other.touch("user " + (2 * TOPICS - 1), "tab"))
                .as("remembered")
                .isFalse();
        assertThat(other.touchAll(
                        IntStream.range(0, TOPICS).mapToObj(i -> "m" + i).toList()))
                .hasSize(TOPICS);
    }
}
