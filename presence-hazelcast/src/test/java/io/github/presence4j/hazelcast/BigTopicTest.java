package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.testkit.fault.Eventually;
import io.github.presence4j.testkit.fault.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A topic of many members that is copied to members that join, and handed over by one that leaves. Its cell is written and read as a
 * whole, and waits meanwhile; {@code -Dpresence.test.members} and {@code -Dpresence.test.shards} measure that of more.
 */
class BigTopicTest {
    private static final int MEMBERS = Integer.getInteger("presence.test.members", 20_000);
    private static final int SHARDS = Integer.getInteger("presence.test.shards", 1);
    private static final int BEATING = 100;
    private static final int BULK = 10_000;
    /**
     * The default timeout: nobody's call fails because a topic moves. How long it takes where processors are free, which they are not
     * while this runs beside other builds, is in docs/operations/measured-faults.md.
     */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String cluster = TestCluster.anyName();
    private final List<MemberProcess> members = new ArrayList<>(MemberProcess.startByClusterTime(cluster, 1));
    private final HazelcastInstance client = HazelcastClient.newHazelcastClient(
            TestCluster.client(cluster, List.of("127.0.0.1:" + members.get(0).port()), Duration.ofSeconds(10)));
    private final HazelcastStore store = HazelcastStore.builder()
            .instance(client)
            .topicShards(SHARDS)
            .timeout(PATIENCE)
            .build();
    private final Presence presence =
            Presence.using(store, PresenceConfig.builder().timeout(PATIENCE).build());
    private final PresenceTopic topic = presence.topic("stadium");
    private final AtomicLong touches = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private volatile boolean stopped;
    private final Thread touching = new Thread(this::touch, "touching");

    @AfterEach
    void end() {
        stopped = true;
        presence.close();
        store.close();
        client.getLifecycleService().terminate();
        members.forEach(MemberProcess::close);
    }

    private void touch() {
        while (!stopped) {
            long began = System.nanoTime();
            try {
                topic.touch("beats " + touches.get() % BEATING);
                touches.incrementAndGet();
            } catch (PresenceException outOfReach) {
                // Counts as long as it took.
            }
            longest.accumulateAndGet(Timing.since(began).toNanos(), Math::max);
        }
    }

    private void more() {
        long enough = touches.get() + 100;
        Eventually.await("touches go on", () -> touches.get() >= enough);
    }

    /** How long the longest touch took until so many members have each its share of the partitions. */
    private Duration longestUntil(int count, Runnable change) {
        more();
        longest.set(0);
        change.run();
        Eventually.await("the partitions have moved", () -> BackupsComplete.among(count, client));
        more();
        return Duration.ofNanos(longest.get());
    }

    @Test
    void r3_touchesGoOnWhileABigTopicMoves() {
        for (int from = 0; from < MEMBERS; from += BULK) {
            topic.touchAll(IntStream.range(from, from + BULK)
                    .mapToObj(i -> "00000000-0000-0000-0000-" + (100_000_000_000L + i))
                    .toList());
        }
        touching.start();
        List<Duration> pauses = List.of(
                longestUntil(2, () -> members.add(members.get(0).join(Map.of()))),
                longestUntil(3, () -> members.add(members.get(0).join(Map.of()))),
                longestUntil(2, () -> members.get(0).leave()));
        assertThat(pauses).as("while two join and one leaves").allMatch(pause -> pause.compareTo(LONGEST) < 0);
        assertThat(topic.count()).isEqualTo(MEMBERS + BEATING);
    }
}
