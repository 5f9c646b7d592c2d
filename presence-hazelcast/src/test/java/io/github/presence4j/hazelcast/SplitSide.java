package io.github.presence4j.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.testkit.fault.EventOrderChecker;
import io.github.presence4j.testkit.fault.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Who lives on one side of a split: a client of the one member, with a watcher and somebody who beats all the time. */
final class SplitSide implements AutoCloseable {
    static final String BEATS = "beats on both sides";

    final PresenceTopic topic;
    final EventOrderChecker onlooker = new EventOrderChecker(Set.of(BEATS));
    private final HazelcastInstance client;
    private final HazelcastStore store;
    private final Presence presence;
    private final AtomicBoolean vanished = new AtomicBoolean();
    private final Thread beating = new Thread(this::beat, "beats");
    private volatile long epoch;
    private volatile boolean stopped;

    SplitSide(String cluster, SplitMember member, int shards) {
        ClientConfig config =
                TestCluster.client(cluster, List.of("127.0.0.1:" + member.clientPort()), Duration.ofSeconds(2));
        TestCluster.talkToOneMember(config);
        client = HazelcastClient.newHazelcastClient(config);
        store = HazelcastStore.builder()
                .instance(client)
                .topicShards(shards)
                .timeout(Duration.ofSeconds(10))
                .build();
        presence = Presence.using(
                store, PresenceConfig.builder().timeout(Duration.ofSeconds(10)).build());
        topic = presence.topic("room");
        topic.touch(BEATS);
        topic.watch(this::see);
        beating.start();
    }

    private void see(PresenceEvent event) {
        epoch = event.position().epoch();
        onlooker.see(event);
    }

    private void beat() {
        while (!stopped) {
            try {
                if (topic.touch(BEATS)) {
                    vanished.set(true);
                }
            } catch (PresenceException outOfReach) {
                // Its member is joining the other one.
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /** Whether whoever beats was ever not live. */
    boolean hasVanished() {
        return vanished.get();
    }

    long epoch() {
        return epoch;
    }

    void awaitMembers(int count) {
        Eventually.await(
                "the client sees " + count + " members",
                () -> client.getCluster().getMembers().size() == count);
    }

    /** Who is live, once the store and the view of the watcher agree; so that all are who should be. */
    void awaitEverywhere(Set<String> members) {
        Eventually.await("these are live: " + members, () -> members.equals(list()));
        Eventually.await("the watcher sees " + members, () -> members.equals(onlooker.view()));
    }

    private Set<String> list() {
        try {
            return Set.copyOf(topic.list());
        } catch (PresenceException outOfReach) {
            return Set.of();
        }
    }

    @Override
    public void close() {
        stopped = true;
        presence.close();
        store.close();
        client.getLifecycleService().terminate();
    }
}
