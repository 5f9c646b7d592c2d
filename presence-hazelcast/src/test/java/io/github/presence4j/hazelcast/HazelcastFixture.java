package io.github.presence4j.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.PresenceStoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Two stores on one cluster, whose clock is moved. Empties the cluster when it is closed. */
final class HazelcastFixture implements PresenceStoreFixture {
    private final HazelcastInstance hazelcast;
    private final HazelcastStore node;
    private final HazelcastStore peer;
    private long offset;

    HazelcastFixture(HazelcastInstance node, HazelcastInstance peer) {
        this.hazelcast = node;
        this.node = HazelcastStore.builder().instance(node).build();
        this.peer = HazelcastStore.builder().instance(peer).build();
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
        for (IMap<String, TopicCell> cells : maps()) {
            cells.executeOnEntries(new Age());
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

    @Override
    public long occupied(TopicId topic) {
        IMap<String, TopicCell> cells = hazelcast.getMap(Owners.space(topic));
        TopicCell cell = cells.get(topic.name());
        return cell == null ? 0 : Math.max(1, cell.state().size());
    }

    private List<IMap<String, TopicCell>> maps() {
        return hazelcast.getDistributedObjects().stream()
                .filter(object -> object instanceof IMap && object.getName().startsWith(Settings.PREFIX))
                .map(object -> hazelcast.<String, TopicCell>getMap(object.getName()))
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
