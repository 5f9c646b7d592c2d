package io.github.presence4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChangePollingTest {
    private static final TopicId ROOM = new TopicId("app", "room");
    private static final TopicId HALL = new TopicId("app", "hall");

    private final Map<TopicId, Long> versions = new ConcurrentHashMap<>(Map.of(ROOM, 1L, HALL, 1L));
    private final BlockingQueue<Set<TopicId>> queries = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();
    private final Set<TopicId> broken = ConcurrentHashMap.newKeySet();
    private volatile boolean down;
    private final BlockingCalls calls = BlockingCalls.builder("test").build();
    private final ChangePolling polling = new ChangePolling(calls, Duration.ofMillis(1), this::read);

    private Map<TopicId, Long> read(Set<TopicId> topics, BlockingCall call) throws IOException {
        queries.add(topics);
        if (down) {
            throw new IOException("lost");
        }
        if (!Collections.disjoint(topics, broken)) {
            throw new IllegalStateException("a topic that the query cannot take, says the test");
        }
        Map<TopicId, Long> found = new HashMap<>(versions);
        found.keySet().retainAll(topics);
        return found;
    }

    @AfterEach
    void close() {
        calls.close();
        polling.close();
    }

    private void awaitQueries(int count) throws InterruptedException {
        queries.clear();
        for (int i = 0; i < count; i++) {
            assertThat(queries.poll(30, TimeUnit.SECONDS)).as("a query").isNotNull();
        }
    }

    private void awaitSignal(String expected) throws InterruptedException {
        assertThat(signals.poll(30, TimeUnit.SECONDS)).isEqualTo(expected);
    }

    /** A new listener is signalled once or twice, as the topic may have changed before. */
    private void listen(TopicId topic, String name) throws InterruptedException {
        polling.onChange(topic, () -> signals.add(name));
        awaitSignal(name);
        awaitQueries(3);
        signals.clear();
    }

    @Test
    void w4_aChangeSignalsTheListenersOfItsTopicOnce() throws InterruptedException {
        listen(ROOM, "room");
        listen(HALL, "hall");
        versions.put(HALL, 2L);
        awaitSignal("hall");
        versions.put(ROOM, -7L);
        awaitSignal("room");
        versions.remove(ROOM);
        awaitSignal("room");
        awaitQueries(3);
        assertThat(signals).as("without a change").isEmpty();
    }

    @Test
    void w4_aChangeDuringAnOutageIsSignalledAfterIt() throws InterruptedException {
        listen(ROOM, "room");
        down = true;
        awaitSignal("room"); // so that the watcher notices the outage
        awaitQueries(3);
        versions.put(ROOM, 2L);
        awaitQueries(3);
        assertThat(signals).isEmpty();
        down = false;
        awaitSignal("room");
    }

    @Test
    void g4_aTopicThatTheQueryCannotTakeSilencesNoOther() throws InterruptedException {
        broken.add(HALL);
        polling.onChange(HALL, () -> signals.add("hall"));
        IntStream.range(0, 100).forEach(i -> polling.onChange(new TopicId("app", "room " + i), () -> {}));
        listen(ROOM, "room");
        versions.put(ROOM, 2L);
        awaitSignal("room");
        requireQueries(10, query -> query.size() == 1 || !query.contains(HALL));
        broken.clear();
        awaitSignal("hall");
        requireQueries(10, query -> query.size() == 102);
    }

    @Test
    void r3_aQueryThatFailsForEveryTopicIsNotCutForEver() throws InterruptedException {
        IntStream.range(0, 900).forEach(i -> broken.add(new TopicId("app", "room " + i)));
        broken.forEach(topic -> polling.onChange(topic, () -> {}));
        awaitQueries(300);
        requireQueries(10, query -> query.size() > 800);
        broken.clear();
        awaitQueries(30);
        requireQueries(10, query -> query.size() == 900);
    }

    /** Looks at the next queries, after one that may have begun before. */
    private void requireQueries(int count, Predicate<Set<TopicId>> condition) throws InterruptedException {
        awaitQueries(20);
        for (int i = 0; i < count; i++) {
            Set<TopicId> query = queries.poll(30, TimeUnit.SECONDS);
            assertThat(query).isNotNull();
            assertThat(condition.test(query)).as("%s", query).isTrue();
        }
    }

    @Test
    void g5_onlyTopicsWithListenersAreAskedFor() throws InterruptedException {
        Subscription room = polling.onChange(ROOM, () -> {});
        assertThat(queries.poll(30, TimeUnit.SECONDS)).containsExactly(ROOM);
        Subscription hall = polling.onChange(HALL, () -> signals.add("hall"));
        awaitSignal("hall");
        room.close();
        awaitQueries(2);
        assertThat(queries.poll(30, TimeUnit.SECONDS)).containsExactly(HALL);
        hall.close();
        Subscription again = polling.onChange(HALL, () -> signals.add("again"));
        awaitSignal("again");
        again.close();
    }

    @Test
    void r3_aQueryAsksForAThousandTopicsAtMost() throws InterruptedException {
        Set<TopicId> asked = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 2_500).forEach(i -> polling.onChange(new TopicId("app", "room " + i), () -> {}));
        while (asked.size() < 2_500) {
            Set<TopicId> query = queries.poll(30, TimeUnit.SECONDS);
            assertThat(query).isNotNull().hasSizeLessThanOrEqualTo(1_000);
            asked.addAll(query);
        }
    }

    @Test
    void w4_aNodeSignalsItsOwnChangesAtOnce() {
        polling.close(); // so that no query signals the new listener
        polling.onChange(HALL, () -> {});
        polling.onChange(ROOM, () -> signals.add("own " + Thread.currentThread().getName()));
        polling.signal(ROOM);
        assertThat(signals).contains("own " + Thread.currentThread().getName());
    }

    @Test
    void e4_aClosedStoreTakesNoListener() {
        polling.onChange(ROOM, () -> signals.add("room"));
        calls.close();
        polling.close();
        signals.clear();
        polling.signal(ROOM);
        assertThatThrownBy(() -> polling.onChange(ROOM, () -> signals.add("late")))
                .isInstanceOf(IllegalStateException.class);
        polling.signal(ROOM);
        assertThat(signals).isEmpty();
    }
}
