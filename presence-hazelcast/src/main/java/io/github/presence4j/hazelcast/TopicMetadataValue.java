package io.github.presence4j.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.github.presence4j.cell.Limits;
import java.io.IOException;

/**
 * The metadata of a sharded topic: the generation of its cells, and the TTL recorded last. The generation is never used
 * again once the metadata has expired.
 */
final class TopicMetadataValue implements StoredValue {
    /**
     * An extension shorter than this is not written. Metadata that expires this much before its cells still expires long
     * after all members.
     */
    private static final long SLACK_MILLIS = 10_000;

    private long generation;
    private long resets;
    private long ttl;
    private long keptUntil;

    TopicMetadataValue(long generation, long ttl) {
        this.generation = generation;
        this.ttl = ttl;
    }

    /** To be read. */
    TopicMetadataValue() {
        this(0, 0);
    }

    TopicMetadataValue copy() {
        TopicMetadataValue copy = new TopicMetadataValue(generation, ttl);
        copy.resets = resets;
        copy.keptUntil = keptUntil;
        return copy;
    }

    TopicMetadataResult answer() {
        return new TopicMetadataResult(generation, resets > 0, ttl);
    }

    void beginGeneration(long next) {
        generation = next;
        resets++;
    }

    /** Whether it was another one. */
    boolean record(long newTtl) {
        boolean changed = ttl != newTtl;
        ttl = newTtl;
        return changed;
    }

    /** Keeps the metadata as long as the cells, after a touch or leave. Returns false if it is kept that long already. */
    boolean keep(long now) {
        return keepFor(ttl + Limits.KEPT_AFTER_TTL_MILLIS, now);
    }

    /** Keeps the metadata as long as the log, for a watcher. Returns false if it is kept that long already. */
    boolean keepHistory(long now) {
        return keepFor(Limits.WATCHED_MILLIS, now);
    }

    /** Also where a clock was set back, or the TTL was shortened, and it would be kept for too long. */
    private boolean keepFor(long millis, long now) {
        long longest = Math.max(ttl + Limits.KEPT_AFTER_TTL_MILLIS, Limits.WATCHED_MILLIS);
        long left = keptUntil - now;
        if (left > longest) {
            keptUntil = now + longest;
            return true;
        }
        if (left < millis - SLACK_MILLIS) {
            keptUntil = now + millis;
            return true;
        }
        return false;
    }

    @Override
    public long lifeMillisAt(long clusterTime) {
        return keptUntil - clusterTime;
    }

    /** A reset on one side holds for both, since it ended the cells of the generation before. */
    @Override
    public StoredValue mergedWith(StoredValue other, long random) {
        TopicMetadataValue theirs = (TopicMetadataValue) other;
        boolean oursWins = resets != theirs.resets ? resets > theirs.resets : generation >= theirs.generation;
        TopicMetadataValue merged = oursWins ? this : theirs;
        merged.keptUntil = Math.max(keptUntil, theirs.keptUntil);
        return merged;
    }

    @Override
    public int getFactoryId() {
        return PresenceDataSerializerHook.FACTORY;
    }

    @Override
    public int getClassId() {
        return PresenceDataSerializerHook.TOPIC_HOME;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(generation);
        out.writeLong(resets);
        out.writeLong(ttl);
        out.writeLong(keptUntil);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        generation = in.readLong();
        resets = in.readLong();
        ttl = in.readLong();
        keptUntil = in.readLong();
    }
}
