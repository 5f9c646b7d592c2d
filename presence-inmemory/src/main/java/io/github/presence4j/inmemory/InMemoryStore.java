package io.github.presence4j.inmemory;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.presence4j.Subscription;
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
    final ChangeListeners<TopicId> hints = new ChangeListeners<>();
    private volatile boolean closed;

    private InMemoryStore(Builder builder) {
        this.clock = new StoreClock(builder.ticker);
        this.topics = new CellCache(builder.ticker);
        this.room = new MemberLimit(builder.maxMembers);
    }

    /** {@return a builder that holds the defaults} */
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
    public Subscription onChange(TopicId topic, Runnable listener) {
        Subscription added = hints.add(topic, listener);
        if (closed) {
            added.close();
            throw new IllegalStateException(CLOSED);
        }
        return added;
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns how many members, departed sessions and events are stored of a topic, at least 1 while it exists; for tests. */
    long occupied(TopicId id) {
        topics.cleanUp();
        LockedCell cell = topics.find(id);
        return cell == null ? 0 : Math.max(1, cell.stored());
    }

    /** What the store's clock says; for tests of T1. */
    Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** Forgets everything. Idempotent; what comes later fails. */
    @Override
    public void close() {
        closed = true;
        topics.clear();
        hints.clear();
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private Ticker ticker = Ticker.systemTicker();
        private long maxMembers = Long.MAX_VALUE;

        private Builder() {}

        /**
         * Sets the clock, {@link System#nanoTime} by default.
         *
         * @param ticker monotonic nanoseconds (T2); replaced by tests
         * @return this
         */
        public Builder ticker(Ticker ticker) {
            this.ticker = Objects.requireNonNull(ticker, "ticker");
            return this;
        }

        /**
         * Bounds the members of all topics together; unbounded by default. At the bound newcomers are refused with a
         * {@link io.github.presence4j.PresenceCapacityException}, and nobody who is live is evicted (E5).
         *
         * @param maxMembers at least 1
         * @return this
         */
        public Builder maxMembers(long maxMembers) {
            if (maxMembers < 1) {
                throw new IllegalArgumentException("maxMembers must be at least 1 but was " + maxMembers);
            }
            this.maxMembers = maxMembers;
            return this;
        }

        /** {@return the store} */
        public InMemoryStore build() {
            return new InMemoryStore(this);
        }
    }
}
