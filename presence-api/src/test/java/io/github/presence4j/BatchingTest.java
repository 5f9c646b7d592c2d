package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Single touches and reads of a remote store travel together (R5), and none waits for a timer. */
class BatchingTest {
    private final RemoteStore store = new RemoteStore(2);
    private final Presence presence = Presence.using(
            store, PresenceConfig.builder().timeout(Duration.ofSeconds(10)).build());
    private final AsyncPresenceTopic topic = presence.topic("room").async();

    @AfterEach
    void close() {
        presence.close();
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void r5_aLoneTouchGoesOutAtOnce() {
        CompletionStage<Boolean> joined = topic.touch("ana");
        assertThat(store.touched).containsExactly(List.of(Touch.of("ana")));
        store.answerAll();
        assertThat(answer(joined)).isTrue();
    }

    @Test
    void r5_whatQueuesWhileTheSlotsAreBusyIsOneCall() {
        Stream.of("a", "b", "c", "d", "c").forEach(topic::touch);
        assertThat(store.touched).containsExactly(List.of(Touch.of("a")), List.of(Touch.of("b")));
        store.answerNext();
        assertThat(store.touched).hasSize(3).endsWith(List.of(Touch.of("d"), Touch.of("c")));
    }

    @Test
    void r5_equalTouchesInABatchAreOneAndOneCallerIsToldOfTheJoin() {
        topic.touch("a");
        topic.touch("b");
        List<CompletionStage<Boolean>> same = List.of(
                topic.touch("c"), topic.touch("c"), topic.touch("c", "tab"), topic.touch("c"), topic.touch("c"));
        store.answerAll();
        assertThat(store.touched.get(2)).containsExactly(Touch.of("c", "tab"), Touch.of("c"));
        assertThat(same.stream().map(BatchingTest::answer)).containsOnlyOnce(true);
    }

    @Test
    void r5_singleReadsTravelTogether() {
        List<CompletionStage<Boolean>> reads =
                IntStream.range(0, 100).mapToObj(i -> topic.isLive("m" + i)).toList();
        store.answerAll();
        assertThat(reads.stream().map(BatchingTest::answer)).containsOnly(false);
        assertThat(store.asked).hasSize(3);
        assertThat(store.asked.get(2)).hasSize(98);
    }

    @Test
    void r3_aBatchIsBounded() {
        IntStream.range(0, 3 * StoreBatch.MAX_SIZE).forEach(i -> topic.touch("m" + i));
        store.answerAll();
        assertThat(store.touched).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(StoreBatch.MAX_SIZE));
        assertThat(store.touched.stream().mapToInt(List::size).sum()).isEqualTo(3 * StoreBatch.MAX_SIZE);
    }

    @Test
    void g4_topicsDoNotShareSlots() {
        Stream.of("a", "b", "c").forEach(topic::touch);
        presence.topic("other").async().touch("d");
        assertThat(store.touched).hasSize(3).endsWith(List.of(Touch.of("d")));
    }

    @Test
    void e2_anAnswerThatNeverComesFreesItsSlot() {
        try (Presence hasty = Presence.using(
                store, PresenceConfig.builder().timeout(Duration.ofMillis(50)).build())) {
            AsyncPresenceTopic room = hasty.topic("slow").async();
            List<CompletionStage<Boolean>> stuck = List.of(room.touch("a"), room.touch("b"), room.touch("c"));
            assertThat(stuck)
                    .allSatisfy(stage -> assertThat(stage.toCompletableFuture())
                            .failsWithin(Duration.ofSeconds(5))
                            .withThrowableOfType(ExecutionException.class)
                            .withCauseInstanceOf(PresenceUnavailableException.class));
            int before = store.touched.size();
            room.touch("d");
            assertThat(store.touched).hasSize(before + 1).endsWith(List.of(Touch.of("d")));
        }
    }

    @Test
    void e4_closingEndsWhatIsUnderWay() {
        CompletionStage<Boolean> sent = topic.touch("a");
        topic.touch("b");
        CompletionStage<Boolean> queued = topic.touch("c");
        presence.close();
        assertThat(List.of(sent, queued))
                .allSatisfy(stage -> assertThat(stage.toCompletableFuture())
                        .failsWithin(Duration.ofSeconds(5))
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(PresenceUnavailableException.class));
    }
}
