package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.PresenceStoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Two stores on one cluster, whose clock is moved. Empties the cluster when it is closed. */
final class HazelcastFixture implements PresenceStoreFixture {
    /** That of the kit's configurations. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HazelcastInstance hazelcast;
    private final HazelcastStore node;
    private final HazelcastStore peer;
    private long offset;

    HazelcastFixture(HazelcastInstance node, HazelcastInstance peer, int topicShards) {
        this.hazelcast = node;
        this.node = store(node, topicShards);
        this.peer = store(peer, topicShards);
    }

    private static HazelcastStore store(HazelcastInstance instance, int topicShards) {
        return HazelcastStore.builder()
                .instance(instance)
                .topicShards(topicShards)
                .timeout(TIMEOUT)
                .build();
    }

    @Override
    public PresenceStore node() {
        return node;
    }

    @Override
    public PresenceStore peer() {
        return peer;
    }

    /** Hazelcast's own expiry is by a clock that cannot be moved, so it is set anew by the one that was. */
    @Override
    public void elapse(Duration duration) {
        shift(duration.toMillis());
        for (IMap<String, StoredValue> map : maps()) {
            map.executeOnEntries(new AgeProcessor());
        }
    }

    private void shift(long millis) {
        offset += millis;
        for (Future<Boolean> member : hazelcast
                .getExecutorService("test")
                .submitToAllMembers(new TestClock.Shift(millis))
                .values()) {
            try {
                if (!member.get()) {
                    throw new IllegalStateException("A member has no clock that can be moved");
                }
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis() + offset);
    }

    /** In whatever maps of the namespace, under the topic's name or a key that ends in it. */
    @Override
    public long occupied(TopicId topic) {
        String space = EntryLocation.space(topic);
        List<StoredValue> stored = maps().stream()
                .filter(map -> map.getName().equals(space) || map.getName().startsWith(space + "/"))
                .flatMap(map -> map.entrySet().stream())
                .filter(entry ->
                        entry.getKey().equals(topic.name()) || entry.getKey().endsWith(":" + topic.name()))
                .map(Map.Entry::getValue)
                .toList();
        long kept = stored.stream()
                .mapToLong(one -> one instanceof TopicCell cell ? cell.state().stored() : 0)
                .sum();
        return stored.isEmpty() ? 0 : Math.max(1, kept);
    }

    private List<IMap<String, StoredValue>> maps() {
        return hazelcast.getDistributedObjects().stream()
                .filter(object -> object instanceof IMap && object.getName().startsWith(HazelcastSettings.PREFIX))
                .map(object -> hazelcast.<String, StoredValue>getMap(object.getName()))
                .toList();
    }

    @Override
    public void close() {
        node.close();
        peer.close();
        maps().forEach(IMap::destroy);
        shift(-offset);
    }
}
