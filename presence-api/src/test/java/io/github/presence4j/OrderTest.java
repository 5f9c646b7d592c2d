package io.github.presence4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of a topic reach a remote store in the order of the calls (O1), whatever is under way. */
class OrderTest {
    private final RemoteStore store = new RemoteStore(2);
    private final Presence presence = Presence.using(
            store, PresenceConfig.builder().timeout(Duration.ofSeconds(30)).build());
    private final AsyncPresenceTopic topic = presence.topic("room").async();

    @AfterEach
    void close() {
        presence.close();
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void o1_dataOfAMemberIsSentOneAfterAnotherAndTheLastOfEqualsCounts() {
        topic.touch("ana", "tab", "typing");
        topic.touch("ana", "tab", "typing");
        topic.touch("ana", "tab", "idle");
        topic.touch("ana", "tab", "typing");
        topic.touch("bo", "tab", "typing");
        assertThat(store.changes).containsExactly("touch ana=typing");
        store.answerNext();
        assertThat(store.changes)
                .endsWith("touch ana=idle ana=typing bo=typing")
                .hasSize(2);
    }

    @Test
    void o1_dataOfDifferentMembersIsUnderWayTogether() {
        topic.touch("ana", "tab", "typing");
        topic.touch("bo", "tab", "typing");
        assertThat(store.changes).containsExactly("touch ana=typing", "touch bo=typing");
    }

    @Test
    void o1_aLeaveFollowsATouchThatIsUnderWay() {
        topic.touch("ana");
        CompletionStage<Boolean> left = topic.leave("ana");
        topic.leave("bo");
        assertThat(store.changes).containsExactly("touch ana");
        store.answerNext();
        assertThat(store.changes).containsExactly("touch ana", "leave ana bo");
        store.answerAll();
        assertThat(answer(left)).isTrue();
    }

    @Test
    void o1_aTouchFollowsALeaveThatIsUnderWay() {
        topic.leave("ana");
        topic.touch("ana");
        assertThat(store.changes).containsExactly("leave ana");
        store.answerAll();
        assertThat(store.changes).containsExactly("leave ana", "touch ana");
    }

    @Test
    void o1_aLeaveFollowsATouchThatWaits() {
        topic.touch("x");
        topic.touch("y");
        topic.touch("ana");
        topic.leave("ana");
        store.answerAll();
        assertThat(store.changes).containsExactly("touch x", "touch y", "touch ana", "leave ana");
    }

    @Test
    void o1_manyWhoComeAndGoAreAFewCalls() {
        List<CompletionStage<Boolean>> left = IntStream.range(0, 300)
                .mapToObj(i -> {
                    topic.touch("m" + i);
                    return topic.leave("m" + i);
                })
                .toList();
        store.answerAll();
        assertThat(left).allSatisfy(stage -> assertThat(answer(stage)).isTrue());
        assertThat(store.changes).hasSizeLessThan(8);
        for (int i = 0; i < 300; i++) {
            assertThat(indexOf("touch", "m" + i)).isLessThan(indexOf("leave", "m" + i));
        }
    }

    private int indexOf(String kind, String member) {
        return IntStream.range(0, store.changes.size())
                .filter(i -> store.changes.get(i).startsWith(kind)
                        && List.of(store.changes.get(i).split(" ")).contains(member))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void o1_aResetFollowsEverythingAndEverythingFollowsIt() {
        topic.touch("ana");
        topic.reset();
        topic.touch("bo");
        topic.leave("cleo");
        assertThat(store.changes).containsExactly("touch ana");
        store.answerNext();
        assertThat(store.changes).containsExactly("touch ana", "reset");
        store.answerNext();
        assertThat(store.changes).containsExactly("touch ana", "reset", "touch bo", "leave cleo");
    }

    @Test
    void o1_bulkCallsHaveTheirPlaceAmongSingleOnes() {
        topic.touch("ana", "tab", "typing");
        topic.touch(List.of(Touch.of("ana", "tab").withData("idle"), Touch.of("bo")));
        topic.touch("ana", "tab", "typing");
        topic.touchAll(List.of("cleo"));
        topic.leave("bo");
        store.answerAll();
        assertThat(store.changes)
                .containsExactly("touch ana=typing", "touch ana=idle bo", "touch ana=typing", "touch cleo", "leave bo");
    }

    @Test
    void o1_bulkHeartbeatsWaitForNothing() {
        topic.touch("ana");
        topic.touch("bo");
        topic.touchAll(List.of("ana", "bo"));
        topic.touchAll(List.of("ana", "bo"));
        assertThat(store.changes).containsExactly("touch ana", "touch bo", "touch ana bo", "touch ana bo");
    }

    @Test
    void o1_handlesOfDifferentTtlsShareTheOrder() {
        AsyncPresenceTopic other = presence.topic("room", Duration.ofSeconds(1)).async();
        topic.touch("ana");
        other.touch("ana");
        other.leave("ana");
        topic.touch("ana");
        store.answerAll();
        assertThat(store.changes).containsExactly("touch ana", "touch ana", "leave ana", "touch ana");
    }

    @Test
    void o1_differentLeavesOfAMemberAreAnsweredOneByOne() {
        topic.touch("ana");
        topic.leave("ana", "a");
        topic.leave("ana", "b");
        store.answerAll();
        assertThat(store.changes).containsExactly("touch ana", "leave ana", "leave ana");
    }

    @Test
    void o1_ofEqualLeavesTheFirstIsAnsweredThatTheMemberLeft() {
        topic.touch("ana");
        List<CompletionStage<Boolean>> left = List.of(topic.leave("ana", "a"), topic.leave("ana", "a"));
        store.answerAll();
        assertThat(store.changes).containsExactly("touch ana", "leave ana");
        assertThat(left.stream().map(OrderTest::answer)).containsExactly(true, false);
    }

    @Test
    void g4_topicsDoNotWaitForEachOther() {
        topic.reset();
        presence.topic("other").async().touch("ana");
        assertThat(store.changes).containsExactly("reset", "touch ana");
    }
}
