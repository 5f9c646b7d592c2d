package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.presence4j.spi.AsyncFailures;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import io.github.presence4j.spi.TopicStore;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls that a backend need not write itself. */
class DefaultCallsTest {
    private static final Map<String, Function<TopicStore, CompletionStage<?>>> CALLS = Map.of(
            "touch", room -> room.touch(Touch.of("ana")),
            "isLive", room -> room.isLive("ana"),
            "liveAmong", room -> room.liveAmong(List.of("ana")),
            "names", room -> room.names(null, 10));

    private final CompletableFuture<TouchOutcome> touched = new CompletableFuture<>();
    private final CompletableFuture<Map<String, Member>> read = new CompletableFuture<>();
    private final CompletableFuture<MemberPage> listed = new CompletableFuture<>();

    private final SingleTopicStore store = new SingleTopicStore() {
        @Override
        CompletionStage<TouchOutcome> touch(List<Touch> touches) {
            return touched;
        }

        @Override
        CompletionStage<Map<String, Member>> live(List<String> members) {
            return read;
        }

        @Override
        CompletionStage<MemberPage> page(@Nullable String cursor, int limit) {
            return listed;
        }

        @Override
        public int batchSlots() {
            return 1;
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"touch", "isLive", "liveAmong", "names"})
    void o2_aCallThatIsGivenUpIsCancelledWhereItWasSent(String name) {
        TopicStore room = store.topic(new Topic(new TopicId("app", "room"), Duration.ofMinutes(5), null));
        Objects.requireNonNull(CALLS.get(name))
                .apply(room)
                .toCompletableFuture()
                .cancel(false);
        assertThat(List.of(touched, read, listed))
                .filteredOn(CompletableFuture::isCancelled)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"touch", "isLive", "liveAmong", "names"})
    void e7_aFailureOfTheStoreReachesTheCaller(String name) {
        TopicStore room = store.topic(new Topic(new TopicId("app", "room"), Duration.ofMinutes(5), null));
        CompletableFuture<?> call =
                Objects.requireNonNull(CALLS.get(name)).apply(room).toCompletableFuture();
        IllegalStateException failure = new IllegalStateException("a bug, says the test");
        List.of(touched, read, listed).forEach(answer -> answer.completeExceptionally(failure));
        assertThat(call).isCompletedExceptionally();
        assertThat(AsyncFailures.unwrap(catchThrowable(call::join))).isSameAs(failure);
    }
}
