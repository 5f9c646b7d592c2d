package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.AsyncPresenceTopic;
import io.github.presence4j.Presence;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.PresenceUnavailableException;
import io.github.presence4j.Session;
import io.github.presence4j.Touch;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules O1 and O2: the order of calls, and calls that were reported as failed. */
interface OrderContract {
    /** Enough rounds that some calls find another batch under way. */
    int ROUNDS = 100;

    /** More touches than any store applies in one step. */
    int BULK = 20_000;

    /** Sends heartbeats of other members, so that the calls under test must wait. */
    private static void keepBusy(AsyncPresenceTopic topic, List<CompletionStage<?>> underWay) {
        IntStream.range(0, 20).forEach(i -> underWay.add(topic.touch("other " + i)));
    }

    private static void awaitAll(TestContext stage, List<CompletionStage<?>> underWay) {
        underWay.forEach(stage::await);
    }

    @Test
    default void o1_ofTouchesUnderWayTheLastCounts(TestContext stage) {
        AsyncPresenceTopic topic = stage.topic().async();
        List<CompletionStage<?>> underWay = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            keepBusy(topic, underWay);
            for (String data : List.of("typing", "idle", "typing", "idle", "typing")) {
                underWay.add(topic.touch("ana " + i, "tab", data));
            }
        }
        awaitAll(stage, underWay);
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(stage.peerTopic().member("ana " + i).orElseThrow().sessions())
                    .extracting(Session::data)
                    .containsExactly("typing");
        }
    }

    @Test
    default void o1_aLeaveOvertakesNoTouchAndNoTouchALeave(TestContext stage) {
        AsyncPresenceTopic topic = stage.topic().async();
        List<CompletionStage<?>> underWay = new ArrayList<>();
        List<CompletionStage<Boolean>> left = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            keepBusy(topic, underWay);
            underWay.add(topic.touch("gone " + i));
            left.add(topic.leave("gone " + i));
            underWay.add(topic.touch("back " + i));
            left.add(topic.leave("back " + i));
            underWay.add(topic.touch("back " + i));
        }
        awaitAll(stage, underWay);
        left.forEach(answer -> assertThat(stage.await(answer)).isTrue());
        List<String> live = stage.peerTopic().list();
        assertThat(live).noneMatch(member -> member.startsWith("gone"));
        assertThat(live.stream().filter(member -> member.startsWith("back"))).hasSize(ROUNDS);
    }

    @Test
    default void o1_theLeaveThatEndedTheMemberIsAnsweredSo(TestContext stage) {
        AsyncPresenceTopic topic = stage.topic().async();
        List<CompletionStage<?>> underWay = new ArrayList<>();
        List<CompletionStage<Boolean>> first = new ArrayList<>();
        List<CompletionStage<Boolean>> second = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            keepBusy(topic, underWay);
            underWay.add(topic.touch("ana " + i));
            first.add(topic.leave("ana " + i));
            second.add(topic.leave("ana " + i));
            underWay.add(topic.touch("bo " + i, "only"));
            first.add(topic.leave("bo " + i, "only"));
            second.add(topic.leave("bo " + i, "never there"));
        }
        awaitAll(stage, underWay);
        assertThat(first).allSatisfy(answer -> assertThat(stage.await(answer)).isTrue());
        assertThat(second).allSatisfy(answer -> assertThat(stage.await(answer)).isFalse());
    }

    @Test
    default void o1_bulkCallsAndResetsKeepTheirPlace(TestContext stage) {
        AsyncPresenceTopic topic = stage.topic().async();
        List<String> crowd = IntStream.range(0, 1_500).mapToObj(i -> "m" + i).toList();
        List<CompletionStage<?>> underWay = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            underWay.add(topic.touchAll(crowd));
            keepBusy(topic, underWay);
            underWay.add(topic.reset());
            underWay.add(topic.touchAll(crowd));
            underWay.add(topic.leave("m" + (crowd.size() - 1)));
            underWay.add(topic.reset());
            underWay.add(topic.touch("ana", "tab", "typing"));
            underWay.add(topic.touch(List.of(
                    Touch.of("ana", "tab").withData("idle"),
                    Touch.of("bo", "tab").withData("typing"))));
            underWay.add(topic.touch("bo", "tab", "idle"));
        }
        awaitAll(stage, underWay);
        assertThat(stage.peerTopic().list()).containsExactlyInAnyOrder("ana", "bo");
        for (String member : List.of("ana", "bo")) {
            assertThat(stage.peerTopic().member(member).orElseThrow().sessions())
                    .extracting(Session::data)
                    .containsExactly("idle");
        }
    }

    /** The reset is answered after everything sent before it. So the count sees any part of the bulk call that is sent later. */
    @Test
    default void o2_aBulkCallThatIsGivenUpStops(TestContext stage) {
        PresenceStore store = stage.link();
        Topic topic = stage.spi(stage.topic());
        List<Touch> touches =
                IntStream.range(0, BULK).mapToObj(i -> Touch.of("m" + i)).toList();
        stage.topic().touch("ana");
        store.topic(topic).touch(touches).toCompletableFuture().cancel(false);
        stage.topic().reset();
        for (int i = 0; i < 3; i++) {
            assertThat(stage.topic().count()).isZero();
        }
    }

    @Test
    default void o2_aBulkCallThatTimedOutDoesNotAppearAfterAReset(TestContext stage) {
        Presence hasty = stage.open(config -> config.timeout(Duration.ofMillis(20)));
        PresenceTopic topic = stage.topic();
        topic.touch("ana");
        stage.link().disturb(StoreFault.UNANSWERED);
        assertThatThrownBy(() -> hasty.topic("room")
                        .touchAll(
                                IntStream.range(0, BULK).mapToObj(i -> "m" + i).toList()))
                .isInstanceOf(PresenceUnavailableException.class);
        stage.link().restore();
        topic.reset();
        for (int i = 0; i < 3; i++) {
            assertThat(topic.count()).isZero();
        }
    }
}
