package io.github.presence4j.inmemory;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.presence4j.Subscription;
import io.github.presence4j.spi.ChangeListener;
import io.github.presence4j.spi.ChangeListeners;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import java.time.Instant;
import java.util.Objects;

/**
 * Presence within one process. Answers at once; a heartbeat of a live member is one compare-and-set and allocates nothing.
 * Thread-safe. While the machine is suspended, the clock may stop: {@code lastSeen} lags behind the wall clock afterwards.
 *
 * <p>Two {@link io.github.presence4j.Presence} objects see the same topics only if they share a store:
 *
 * <pre>{@code
 * InMemoryStore store = InMemoryStore.builder().maxMembers(1_000_000).build();
 * Presence presence = Presence.using(store, PresenceConfig.defaults());
 * }</pre>
 */
public final class InMemoryStore implements PresenceStore {
    static final String CLOSED = "The in-memory store is closed; open another one";

    final StoreClock clock;
    final CellCache topics;
    final MemberLimit room;
    final ChangeListeners<TopicId> signals = new ChangeListeners<>();
    private volatile boolean closed;

    private InMemoryStore(Builder builder) {
        this.clock = new StoreClock(builder.ticker);
        this.topics = new CellCache(builder.ticker);
        this.room = new MemberLimit(builder.maxMembers);
    }

    /** {@return a new builder that holds the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return InMemoryStoreProvider.NAME;
    }

    @Override
    public TopicStore topic(Topic topic) {
        return new InMemoryTopic(this, topic);
    }

    @Override
    public Subscription onChange(TopicId topic, ChangeListener listener) {
        Subscription added = signals.add(topic, listener);
        if (closed) {
            added.close();
            throw new IllegalStateException(CLOSED);
        }
        return added;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Returns how many members, departed sessions and events are stored of a topic, at least 1 while it exists. For tests of
     * rules G1 and G2 (what ended is removed).
     */
    long occupied(TopicId id) {
        topics.cleanUp();
        LockedCell cell = topics.find(id);
        return cell == null ? 0 : Math.max(1, cell.stored());
    }

    /** Returns the time by the store's clock. For tests of rule T1 (the exact end of a session). */
    Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** {@inheritDoc} Discards all topics. */
    @Override
    public void close() {
        closed = true;
        topics.clear();
        signals.clear();
    }

    /** Collects the settings of an {@link InMemoryStore}. Not thread-safe. */
    public static final class Builder {
        private Ticker ticker = Ticker.systemTicker();
        private long maxMembers = Long.MAX_VALUE;

        private Builder() {}

        /**
         * Sets the clock, {@link System#nanoTime} by default. Tests set their own.
         *
         * @param ticker returns nanoseconds and never goes back
         * @return this builder
         */
        public Builder ticker(Ticker ticker) {
            this.ticker = Objects.requireNonNull(ticker, "ticker");
            return this;
        }

        /**
         * Limits the members of all topics together; unlimited by default. At the limit, new members are refused with a {@link
         * io.github.presence4j.PresenceCapacityException}. No live member is evicted.
         *
         * @param maxMembers the largest number of members, at least 1
         * @return this builder
         * @throws IllegalArgumentException if the number is below 1
         */
        public Builder maxMembers(long maxMembers) {
            if (maxMembers < 1) {
                throw new IllegalArgumentException("maxMembers must be at least 1 but was " + maxMembers);
            }
            this.maxMembers = maxMembers;
            return this;
        }

        /** {@return a new, empty store} O(1). */
        public InMemoryStore build() {
            return new InMemoryStore(this);
        }
    }
}
