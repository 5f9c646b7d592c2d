package io.github.presence4j.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.Member;
import io.github.presence4j.PresenceException;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import io.github.presence4j.spi.BlockingCalls;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A topic in bytes. The example {@code jdbc-store} runs the whole contract on it. */
@Timeout(60)
class CellTopicTest {
    private static final long TTL = 60_000;
    /** The bytes of a cell of the first version: ana, bo with a session and data, a session of cy that left, and one event. */
    private static final String FIRST =
            "AQAAAAAAD0JAAAAAAAAAAAAAAAAAABEXAAAAAAAAEKHQIuzlSNfPIUACAAAAAAAA6mA5BR/5rCReoAAAAAAAAAACAAAAAAHZEg05"
                    + "BR/5rCReoAAAAAAAAAACAAAAAAAQodAAAAAAAAAAAgAAAAEAAAAAAAAAAgAAAAAAAAAAajkFH/msJF6gAAAAAAAAAAIAAmJvAQAD"
                    + "dGFiAQAEaGVyZQAAAAEAAmN5AARnb25lAAAAAAAPQkAAAAACAAAAAAADYW5hAAAAAAAPQkAAAAAAAA9CQAAAAAABAAJibwAAAAAA"
                    + "D0JAAAAAAAAPQkABAAAAAQADdGFiAAAAAAAPQkABAARoZXJlAAAAAAAAAAAAAAAAABAsoQAAAAAAAAAAAAAAAAAAAAA=";

    private static final TopicId ID = new TopicId("app", "room");

    private final MemoryCells storage = new MemoryCells();
    private final BlockingCalls calls = BlockingCalls.builder("test").threads(2).build();
    private final BlockingQueue<TopicId> signals = new LinkedBlockingQueue<>();
    private final CellTopic room =
            new CellTopic(new Topic(ID, Duration.ofMillis(TTL), null), storage, calls, signals::add);

    @AfterEach
    void close() {
        calls.close();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private TouchResult touch(String member) throws Exception {
        return get(room.touch(Touch.of(member)));
    }

    private Changes changes(@Nullable String cursor) throws Exception {
        return get(room.changesSince(cursor));
    }

    private Member ana() throws Exception {
        return Objects.requireNonNull(get(room.live(List.of("ana"))).get("ana"));
    }

    @Test
    void t2_aChangeReadsTheClockWithTheLockAndAReadReadsItFirst() throws Exception {
        touch("ana");
        get(room.leave(List.of(new Leave("bo", null))));
        changes(null);
        assertThat(storage.calls)
                .containsExactly("lock", "now", "write", "lock", "now", "write", "lock", "now", "write");
        storage.calls.clear();
        get(room.count());
        get(room.page(null, 10));
        assertThat(storage.calls).containsExactly("now", "read", "now", "read");
    }

    @Test
    void t3_theTimeOfACellRunsOnWhenTheClockIsSetBack() throws Exception {
        touch("ana");
        Instant seen = ana().lastSeen();
        storage.now.addAndGet(-30_000);
        assertThat(ana().lastSeen()).isEqualTo(seen);
        touch("bo");
        assertThat(storage.expiresAt).as("by the store's clock").isEqualTo(storage.now.get() + TTL + 60_000);
        touch("ana");
        assertThat(ana().lastSeen()).isEqualTo(seen);
        storage.now.addAndGet(TTL);
        assertThat(get(room.liveAmong(List.of("ana")))).as("at the TTL").hasSize(1);
        storage.now.incrementAndGet();
        assertThat(get(room.liveAmong(List.of("ana")))).as("after it").isEmpty();
    }

    @Test
    void o2_aCallThatIsGivenUpWhileItWaitsForTheLockChangesNothing() throws Exception {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        storage.locked = () -> {
            locked.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        CompletableFuture<TouchOutcome> given =
                room.touch(List.of(Touch.of("late"))).toCompletableFuture();
        locked.await();
        given.cancel(false);
        storage.locked = () -> {};
        goOn.countDown();
        touch("ana");
        assertThat(get(room.count())).isEqualTo(1);
        assertThat(storage.calls).containsOnlyOnce("write");
    }

    @Test
    void o2_aFirstTouchThatIsGivenUpInItsCommitDoesNotOutliveAReset() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        storage.committing = () -> {
            hanging.countDown();
            goOn.join();
        };
        CompletableFuture<TouchOutcome> given =
                room.touch(List.of(Touch.of("late"))).toCompletableFuture();
        hanging.await();
        storage.committing = () -> {};
        given.cancel(false);
        CompletableFuture<@Nullable Void> reset = room.reset().toCompletableFuture();
        while (!storage.lock.hasQueuedThreads() && !reset.isDone()) {
            Thread.onSpinWait();
        }
        goOn.complete(null);
        get(reset);
        touch("ana"); // waits for the first touch
        assertThat(get(room.liveAmong(List.of("late", "ana")))).containsExactly("ana");
    }

    @Test
    void g1_aCellIsKeptForItsTtlAndAMinuteAndItsWatchersFor90Seconds() throws Exception {
        touch("ana");
        assertThat(storage.expiresAt).isEqualTo(storage.now.get() + TTL + 60_000);
        storage.now.addAndGet(100_000);
        changes(null);
        assertThat(storage.expiresAt).isEqualTo(storage.now.get() + 90_000);
    }

    /** The store may keep the bytes of an expired cell for longer. */
    @Test
    void g1_anExpiredCellCountsAsAbsentAndTheNextOneIsAnother() throws Exception {
        Changes before = changes(null);
        touch("ana");
        storage.now.addAndGet(TTL + 60_000 - 1);
        assertThat(changes(before.cursor()).gap()).as("while it is kept").isFalse();
        storage.now.addAndGet(90_000);
        assertThat(changes(before.cursor()).gap()).as("after that").isTrue();
        assertThat(changes(before.cursor()).events()).isEmpty();
        assertThat(touch("ana")).isEqualTo(TouchResult.JOINED);
    }

    @Test
    void g2_anyTrafficReclaims() throws Exception {
        get(room.touch(IntStream.range(0, 100).mapToObj(i -> Touch.of("m" + i)).toList()));
        storage.now.addAndGet(TTL / 2);
        touch("ana");
        storage.now.addAndGet(TTL / 2 + 1);
        get(room.leave(List.of(new Leave("bo", "tab"))));
        get(room.leave(List.of(new Leave("bo", "tab"))));
        assertThat(CellContents.of(storage.bytes)).isEqualTo(new CellContents(1, 1, 0));
    }

    @Test
    void g3_aResetMakesNoTopic() throws Exception {
        get(room.reset());
        assertThat(storage.bytes).isNull();
        touch("ana");
        Changes before = changes(null);
        get(room.reset());
        assertThat(get(room.count())).isZero();
        assertThat(changes(before.cursor()).events()).hasSize(1);
    }

    @Test
    void w4_theVersionChangesWithEventsOfAWatchedTopicOnly() throws Exception {
        touch("ana");
        long version = storage.version;
        touch("bo");
        assertThat(storage.version).as("nothing watches").isEqualTo(version);
        changes(null);
        touch("bo");
        get(room.count());
        assertThat(storage.version).as("a renewal").isEqualTo(version);
        assertThat(signals).isEmpty();
        touch("cy");
        assertThat(storage.version).as("a join").isNotEqualTo(version);
        assertThat(signals).containsExactly(ID);
    }

    @Test
    void w4_aCellThatIsMadeAgainHasAnotherVersion() throws Exception {
        touch("ana");
        long version = storage.version;
        storage.bytes = null;
        touch("ana");
        assertThat(storage.version).isNotEqualTo(version);
    }

    @Test
    void r5_aLargeBulkCallIsCutIntoParts() throws Exception {
        List<Touch> many =
                IntStream.range(0, 25_000).mapToObj(i -> Touch.of("m" + i)).toList();
        TouchOutcome outcome = get(room.touch(many));
        assertThat(outcome.joined()).hasSize(25_000);
        assertThat(storage.calls).filteredOn("write"::equals).hasSize(3);
        assertThat(get(room.leave(many.stream()
                        .map(touch -> new Leave(touch.member(), null))
                        .toList())))
                .hasSize(25_000);
        assertThat(get(room.touch(List.of())).joined()).isEmpty();
    }

    @Test
    void e1_aWrongCursorIsRefusedAtOnce() {
        assertThatThrownBy(() -> room.page("x", 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> room.names("x", 10)).isInstanceOf(IllegalArgumentException.class);
        assertThat(storage.calls).isEmpty();
    }

    /** A wrong or missing byte, at any place, fails the call. No member is reported as absent for it. */
    @Test
    void e2_aDamagedCellIsNotAnEmptyTopicAndNoOutage() throws Exception {
        touch("ana");
        get(room.touch(Touch.of("bo", "tab").withData("here")));
        changes(null);
        byte[] whole = Objects.requireNonNull(storage.bytes);
        for (int i = 0; i < whole.length; i++) {
            byte[] wrong = whole.clone();
            wrong[i] ^= 0x41;
            requireRefused(wrong);
            requireRefused(Arrays.copyOf(whole, i));
        }
        storage.bytes = whole;
        assertThat(get(room.count())).isEqualTo(2);
    }

    private void requireRefused(byte[] bytes) {
        storage.bytes = bytes;
        assertThatThrownBy(() -> get(room.count()))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(PresenceException.class)
                .isNotInstanceOf(PresenceUnavailableException.class)
                .hasMessageContaining("A stored cell ");
    }

    /** Bytes that the first version wrote: any later one reads them. */
    @Test
    void e7_aCellOfTheFirstVersionIsReadAndOneOfALaterVersionIsNoOutage() throws Exception {
        storage.bytes = Base64.getDecoder().decode(FIRST);
        storage.now.set(1_000_500);
        assertThat(get(room.page(null, 10)).members()).extracting(Member::id).containsExactly("ana", "bo");
        assertThat(CellContents.of(storage.bytes)).isEqualTo(new CellContents(2, 1, 1));
        storage.bytes = new byte[] {99};
        assertThatThrownBy(() -> get(room.count()))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(PresenceException.class)
                .isNotInstanceOf(PresenceUnavailableException.class)
                .hasMessageContaining("version is 99")
                .hasMessageContaining("upgrade presence4j");
    }
}
