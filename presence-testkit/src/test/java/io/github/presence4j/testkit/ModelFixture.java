package io.github.presence4j.testkit;

import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Two nodes of a {@link ModelStore}, or of a broken one, on a world of their own. */
final class ModelFixture implements PresenceStoreFixture {
    private final SharedState world = new SharedState();
    private final ModelStore node;
    private final ModelStore peer;
    private final Duration patience;

    ModelFixture(Function<SharedState, ModelStore> store, Duration patience) {
        this.node = store.apply(world);
        this.peer = store.apply(world);
        this.patience = patience;
    }

    @Override
    public PresenceStore node() {
        return node;
    }

    @Override
    public PresenceStore peer() {
        return peer;
    }

    @Override
    public void elapse(Duration duration) {
        world.elapse(duration);
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(world.now());
    }

    @Override
    public long occupied(TopicId topic) {
        synchronized (world) {
            ModelCell cell = world.cells.get(topic);
            return cell == null || node.isIdle(cell)
                    ? 0
                    : Math.max(1, cell.members.size() + cell.left.size() + cell.log.size());
        }
    }

    /** Small, because the model reads everything. */
    @Override
    public int largestTopic() {
        return 400;
    }

    @Override
    public Duration patience() {
        return patience;
    }

    @Override
    public void close() {
        node.close();
        peer.close();
    }
}
