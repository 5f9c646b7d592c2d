package io.github.presence4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Presence;
import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heartbeats and questions while another call holds the lock of the topic: it waits for the clock, which it reads there. */
class RenewalWithoutLockTest {
    private static final String DATA = "{}";

    private final CountDownLatch locked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final ThreadLocal<Boolean> waits = ThreadLocal.withInitial(() -> false);
    private final InMemoryStore store =
            InMemoryStore.builder().ticker(this::time).build();
    private final Presence presence =
            Presence.using(store, PresenceConfig.builder().build());
    private final PresenceTopic room = presence.topic("room");
    private final CompletableFuture<?> holder = new CompletableFuture<>();

    /** Stands still, and lets one thread wait. */
    private long time() {
        if (waits.get()) {
            locked.countDown();
            try {
                released.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return 0;
    }

    @BeforeEach
    void holdTheLock() throws InterruptedException {
        room.touch("one", "tab", DATA);
        room.touch("named", "tab");
        room.touch("default");
        room.touch(Touch.of("default with data").withData(DATA));
        room.touch("two", "tab", DATA);
        room.touch("two", "phone");
        Thread thread = new Thread(() -> {
            waits.set(true);
            room.leave("someone else");
            holder.complete(null);
        });
        thread.start();
        assertThat(locked.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @AfterEach
    void release() {
        released.countDown();
        holder.join();
        presence.close();
        store.close();
    }

    private void renews(Touch touch) {
        assertThat(CompletableFuture.supplyAsync(() -> room.touch(touch)))
                .as("%s", touch)
                .succeedsWithin(1, TimeUnit.MINUTES)
                .isEqualTo(TouchResult.RENEWED);
        assertThat(holder).isNotDone();
    }

    @Test
    void r3_aHeartbeatOfALiveSessionWithTheSameDataTakesNoLock() {
        String equal = String.join("", "{", "}");
        renews(Touch.of("default"));
        renews(Touch.of("named", "tab"));
        renews(Touch.of("one", "tab").withData(equal));
        renews(Touch.of("default with data").withData(equal));
        renews(Touch.of("two", "tab").withData(equal));
        renews(Touch.of("two", "phone"));
    }

    @Test
    void s4_aHeartbeatWithoutDataTakesNoLock() {
        renews(Touch.of("one", "tab"));
        renews(Touch.of("default with data"));
        renews(Touch.of("two", "tab"));
    }

    @Test
    void r3_isLiveOfALiveMemberTakesNoLock() {
        assertThat(CompletableFuture.supplyAsync(() -> room.isLive("one") && room.isLive("two")))
                .succeedsWithin(1, TimeUnit.MINUTES)
                .isEqualTo(true);
        assertThat(holder).isNotDone();
    }
}
