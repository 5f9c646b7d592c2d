package io.github.presence4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many members, sessions or topics: their cost for other calls, and that they leave no memory in use. */
class LargeTopicTest {
    private static final Duration TTL = Duration.ofMinutes(5);

    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryStore store =
            InMemoryStore.builder().ticker(nanos::get).build();
    private final Presence presence =
            Presence.using(store, PresenceConfig.builder().ttl(TTL).build());
    private final PresenceTopic room = presence.topic("room");
    private final Topic spi = new Topic(new TopicId("presence", "room"), TTL, null);

    @AfterEach
    void close() {
        presence.close();
        store.close();
    }

    private void elapse(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private long quickestBeats(String member, int sessions) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 100; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                room.touch(member, "tab " + i % sessions);
            }
            least = Math.min(least, System.nanoTime() - start);
        }
        return least;
    }

    /** Takes the best of many rounds, with a wide margin: a scan of the sessions costs a hundred times as much. */
    @Test
    void b1_aBeatOfAMemberWithManySessionsCostsWhatABeatCosts() {
        for (int i = 0; i < 1_000; i++) {
            room.touch("many", "tab " + i);
        }
        quickestBeats("few", 2);
        long few = quickestBeats("few", 2);
        assertThat(quickestBeats("many", 1_000)).isLessThan(10 * few);
    }

    @Test
    void b6_aCountIsExactHoweverMembersWereRenewedAndExpired() {
        List<String> members = IntStream.range(0, 10_000).mapToObj(i -> "m" + i).toList();
        room.touchAll(members);
        elapse(Duration.ofMinutes(2));
        members.subList(0, 5_000).forEach(room::touch);
        assertThat(room.count()).isEqualTo(10_000);
        elapse(Duration.ofMinutes(3).plusMillis(1));
        assertThat(room.count()).as("half of them expired").isEqualTo(5_000);
        room.touchAll(members.subList(4_000, 6_000));
        assertThat(room.count()).isEqualTo(6_000);
        room.leave("m4500");
        elapse(Duration.ofMinutes(2));
        assertThat(room.count()).isEqualTo(1_999);
        elapse(TTL);
        assertThat(room.count()).isZero();
        assertThat(room.touch("m0")).isTrue();
        assertThat(room.count()).isOne();
    }

    /** Caffeine alone removes only about a thousand per second. */
    @Test
    @Timeout(120)
    void g1_topicsThatWereAbandonedTogetherAreGoneTogether() {
        int topics = 60_000;
        for (int i = 0; i < topics; i++) {
            presence.topic("topic " + i).touch("ana");
        }
        assertThat(store.topics.all()).hasSize(topics);
        elapse(TTL.plusMinutes(1).plusSeconds(2));
        room.touch("traffic");
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (store.topics.all().size() > 1 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(store.topics.all()).hasSize(1);
        assertThat(room.list()).containsExactly("traffic");
    }

    @Test
    void g5_aClosedStoreRegistersNoListener() {
        Subscription before = store.onChange(spi.id(), () -> {});
        store.close();
        assertThat(store.signals.size()).as("listeners from before").isZero();
        assertThatThrownBy(() -> store.onChange(spi.id(), () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(store.signals.size()).isZero();
        before.close();
        room.watch(event -> {}).close();
        assertThat(store.signals.size()).as("of a watch").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-5", "", "99999999999"})
    void e1_aCursorThatNoPageGaveIsRefusedAlsoWhereThereIsNoTopic(String cursor) {
        assertThatThrownBy(() -> store.topic(spi).page(cursor, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cursor");
    }
}
