package io.github.presence4j.inmemory;

import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.testkit.PresenceStoreContract;
import io.github.presence4j.testkit.PresenceStoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

class InMemoryStoreTest implements PresenceStoreContract {
    @Override
    public PresenceStoreFixture fixture() {
        AtomicLong elapsed = new AtomicLong();
        InMemoryStore store = InMemoryStore.builder()
                .ticker(() -> System.nanoTime() + elapsed.get())
                .build();
        return new Fixture(store, elapsed);
    }

    /** Within one process two nodes share data by sharing the store. */
    private record Fixture(InMemoryStore store, AtomicLong elapsed) implements PresenceStoreFixture {
        @Override
        public PresenceStore node() {
            return store;
        }

        @Override
        public PresenceStore peer() {
            return store;
        }

        @Override
        public void elapse(Duration duration) {
            elapsed.addAndGet(duration.toNanos());
        }

        @Override
        public Instant now() {
            return store.now();
        }

        @Override
        public long occupied(TopicId topic) {
            return store.occupied(topic);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
