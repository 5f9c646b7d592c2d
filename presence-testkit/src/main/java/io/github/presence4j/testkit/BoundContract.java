package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.PresenceCapacityException;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.Touch;
import io.github.presence4j.TouchResult;
import io.github.presence4j.spi.TouchOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rule B1: limits that refuse by name, and refuse only the touches beyond them. */
interface BoundContract {
    int MAX_SESSIONS = 1_000;

    @Test
    default void b1_oneSessionTooManyIsRefusedByName(TestContext stage) {
        PresenceTopic topic = stage.topic();
        fill(topic);
        assertThatThrownBy(() -> topic.touch("ana", "one too many"))
                .isInstanceOf(PresenceCapacityException.class)
                .hasMessageContaining("1000 live sessions")
                .hasMessageContaining("ana");
        assertThatThrownBy(() -> topic.touch("ana")).isInstanceOf(PresenceCapacityException.class);
        assertThatThrownBy(() -> topic.hold("ana", "lease")).isInstanceOf(PresenceCapacityException.class);
        assertThat(topic.member("ana").orElseThrow().sessions())
                .extracting(session -> String.valueOf(session.id()))
                .containsExactlyInAnyOrderElementsOf(names());
        assertThat(topic.touch(Touch.of("ana", "s0").withData("renewed"))).isEqualTo(TouchResult.RENEWED);
        assertThat(topic.touch("bo", "one too many")).isTrue();
    }

    @Test
    default void b1_aBulkTouchThatIsRefusedInPartTouchesTheRest(TestContext stage) {
        PresenceTopic topic = stage.topic();
        fill(topic);
        assertThatThrownBy(() -> topic.touch(
                        List.of(Touch.of("bo"), Touch.of("ana", "x"), Touch.of("ana", "s1"), Touch.of("cy", "x"))))
                .isInstanceOf(PresenceCapacityException.class)
                .hasMessageContaining("Refused: ana.");
        assertThat(topic.list()).containsExactlyInAnyOrder("ana", "bo", "cy");
    }

    @Test
    default void b1_theStoreNamesTheTouchesThatItRefused(TestContext stage) {
        PresenceTopic topic = stage.topic();
        fill(topic);
        List<Touch> touches =
                List.of(Touch.of("ana", "x"), Touch.of("ana", "s1"), Touch.of("bo"), Touch.of("ana", "y"));
        TouchOutcome outcome = stage.link()
                .topic(stage.spi(topic))
                .touch(touches)
                .toCompletableFuture()
                .join();
        assertThat(outcome.joined()).containsExactly("bo");
        assertThat(outcome.ignored()).isEmpty();
        assertThat(outcome.refused().keySet()).containsExactlyInAnyOrder(Touch.of("ana", "x"), Touch.of("ana", "y"));
    }

    @Test
    default void b1_callersWhoseTouchesTravelTogetherAreRefusedOneByOne(TestContext stage) {
        PresenceTopic topic = stage.topic();
        fill(topic);
        List<CompletionStage<TouchResult>> touches = new ArrayList<>();
        List<CompletionStage<TouchResult>> refused = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            touches.add(topic.async().touch(Touch.of("m" + i, "tab")));
            refused.add(topic.async().touch(Touch.of("ana", "more " + i)));
        }
        assertThat(touches).allSatisfy(touch -> assertThat(join(touch)).isEqualTo(TouchResult.JOINED));
        assertThat(refused)
                .allSatisfy(touch -> assertThatThrownBy(() -> join(touch))
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(PresenceCapacityException.class));
    }

    @Test
    default void b1_sessionsThatLeftOrExpiredMakeRoom(TestContext stage) {
        PresenceTopic topic = stage.topic();
        fill(topic);
        topic.leave("ana", "s7");
        assertThat(topic.touch(Touch.of("ana", "new"))).isEqualTo(TouchResult.RENEWED);
        assertThatThrownBy(() -> topic.touch("ana", "newer")).isInstanceOf(PresenceCapacityException.class);
        stage.elapse(TestContext.TTL.minusSeconds(20));
        topic.touch("ana", "s9");
        stage.elapse(Duration.ofSeconds(30));
        assertThat(topic.touch(Touch.of("ana", "newer"))).isEqualTo(TouchResult.RENEWED);
        assertThat(topic.member("ana").orElseThrow().sessions()).hasSize(2);
    }

    private static <T> T join(CompletionStage<T> stage) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        return answer.join();
    }

    private static void fill(PresenceTopic topic) {
        topic.touch(names().stream().map(name -> Touch.of("ana", name)).toList());
    }

    private static List<String> names() {
        return IntStream.range(0, MAX_SESSIONS).mapToObj(i -> "s" + i).toList();
    }
}
