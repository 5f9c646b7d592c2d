package io.github.presence4j.inmemory;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A heartbeat while somebody else is inside the topic. */
class BusyTopicTest {
    private static final Duration TTL = Duration.ofMinutes(5);

    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final ThreadLocal<Boolean> lingers = ThreadLocal.withInitial(() -> false);
    private final InMemoryStore store =
            InMemoryStore.builder().ticker(this::read).build();
    private final Presence presence =
            Presence.using(store, PresenceConfig.builder().ttl(TTL).build());
    private final PresenceTopic room = presence.topic("room");

    /** A reader asks for the time while it holds the topic. */
    private long read() {
        if (lingers.get()) {
            inside.countDown();
            try {
                assertThat(free.await(20, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return nanos.get();
    }

    @AfterEach
    void close() {
        presence.close();
        store.close();
    }

    @Test
    void t1_aHeartbeatDuringALongReadKeepsTheTopicForItsWholeTtl() throws Exception {
        room.touch("ana");
        nanos.addAndGet(TTL.toNanos());
        CompletableFuture<List<String>> list = CompletableFuture.supplyAsync(() -> {
            lingers.set(true);
            List<String> live = room.list();
            lingers.remove();
            return live;
        });
        assertThat(inside.await(20, SECONDS)).isTrue();
        assertThat(room.touch("ana")).isFalse();
        assertThat(room.isLive("ana")).as("beside the reader, too").isTrue();
        free.countDown();
        assertThat(list.get(20, SECONDS)).containsExactly("ana");
        nanos.addAndGet(TTL.toNanos());
        assertThat(room.touch("bo")).isTrue();
        assertThat(room.isLive("ana")).isTrue();
    }
}
