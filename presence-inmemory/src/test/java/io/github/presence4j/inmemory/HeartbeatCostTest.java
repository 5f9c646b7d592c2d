package io.github.presence4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Subscription;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a heartbeat of a live member and a question cost, through the public API; see ADR 4. Counted, not timed. */
class HeartbeatCostTest {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final List<String> MEMBERS =
            IntStream.range(0, 1000).mapToObj(i -> "m" + i).toList();
    private static final int PASSES = 20;

    /** Java itself allocates until it has compiled what it runs, so the cost is what is left of it in the best round. */
    private static final int ROUNDS = 100;

    /** The touch: a header and three references. */
    private static final long TOUCH_BYTES = 24;

    /** The look at the cell, which the compiler saves once it has seen through it; the test does not wait for that. */
    private static final long LOOK_BYTES = 32;

    private static final String TAB = "tab";
    private static final String DATA = "{}";
    /** Another object with the same text, as a server reads it from the wire. */
    private static final String EQUAL_DATA = String.join("", "{", "}");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final AtomicLong reads = new AtomicLong();
    private final InMemoryStore store =
            InMemoryStore.builder().ticker(this::time).build();
    private final Presence presence =
            Presence.using(store, PresenceConfig.builder().ttl(TTL).build());
    private final PresenceTopic room = presence.topic("room");
    /** Without default sessions, which the other topic has. */
    private final PresenceTopic tabs = presence.topic("tabs");

    /** Stands still. */
    private long time() {
        reads.incrementAndGet();
        return 0;
    }

    @BeforeEach
    void join() {
        room.touchAll(MEMBERS);
        room.touch("m0");
    }

    @AfterEach
    void close() {
        presence.close();
        store.close();
    }

    /** Stops as soon as a round costs no more than that; else what the cheapest of many cost. Per call, rounded down. */
    private long bytes(Consumer<String> call, long enough) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > enough; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int pass = 0; pass < PASSES; pass++) {
                MEMBERS.forEach(call);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            least = Math.min(least, allocated / ((long) PASSES * MEMBERS.size()));
        }
        return least;
    }

    @Test
    void r3_aRenewalAllocatesItsTouchAndNothingElse() {
        assertThat(bytes(room::touch, TOUCH_BYTES)).isLessThanOrEqualTo(TOUCH_BYTES);
    }

    @Test
    void r3_aRenewalOfANamedSessionAllocatesItsTouchAndNothingElse() {
        MEMBERS.forEach(member -> room.touch(member, TAB));
        assertThat(bytes(member -> room.touch(member, TAB), TOUCH_BYTES)).isLessThanOrEqualTo(TOUCH_BYTES);
    }

    @Test
    void r3_aRenewalWithEqualDataAllocatesItsTouchAndNothingElse() {
        MEMBERS.forEach(member -> tabs.touch(member, TAB, DATA));
        assertThat(bytes(member -> tabs.touch(member, TAB, EQUAL_DATA), TOUCH_BYTES))
                .isLessThanOrEqualTo(TOUCH_BYTES);
    }

    @Test
    void r3_aRenewalOfOneOfManySessionsAllocatesItsTouchAndNothingElse() {
        MEMBERS.forEach(session -> tabs.touch("ana", session, DATA));
        assertThat(bytes(session -> tabs.touch("ana", session), TOUCH_BYTES)).isLessThanOrEqualTo(TOUCH_BYTES);
    }

    @Test
    void r3_isLiveAllocatesItsLookAndNothingElse() {
        assertThat(bytes(room::isLive, LOOK_BYTES)).isLessThanOrEqualTo(LOOK_BYTES);
    }

    @Test
    void r3_aRenewalAndAQuestionReadTheClockOnce() {
        reads.set(0);
        MEMBERS.forEach(room::touch);
        assertThat(reads.get()).as("renewals").isEqualTo(MEMBERS.size());
        reads.set(0);
        MEMBERS.forEach(room::isLive);
        assertThat(reads.get()).as("questions").isEqualTo(MEMBERS.size());
    }

    @Test
    void w5_renewalsOfAWatchedTopicWakeNobody() {
        Topic topic = new Topic(new TopicId("presence", "room"), TTL, null);
        AtomicLong signals = new AtomicLong();
        Subscription listening = store.onChange(topic.id(), signals::incrementAndGet);
        store.topic(topic).changesSince(null).toCompletableFuture().join();
        MEMBERS.forEach(room::touch);
        room.touchAll(MEMBERS);
        assertThat(signals.get()).as("of renewals").isZero();
        room.touchAll(List.of("ana", "bo"));
        assertThat(signals.get()).as("of two who join at once").isEqualTo(1);
        listening.close();
    }
}
