package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.testkit.fault.Eventually;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Two members that lose each other, go on, each for its clients, and find each other again. */
@ParameterizedClass(name = "topics of {0} shards")
@ValueSource(ints = {1, 4})
class SplitBrainTest {
    private final String cluster = TestCluster.anyName();
    private final List<SplitMember> members = SplitMember.pair(cluster);
    private final SplitSide left;
    private final SplitSide right;

    SplitBrainTest(int shards) {
        left = new SplitSide(cluster, members.get(0), shards);
        right = new SplitSide(cluster, members.get(1), shards);
    }

    @AfterEach
    void end() {
        left.close();
        right.close();
        members.forEach(SplitMember::close);
    }

    private void split() {
        left.awaitMembers(2);
        right.awaitMembers(2);
        members.forEach(SplitMember::cut);
        left.awaitMembers(1);
        right.awaitMembers(1);
    }

    private void merge() {
        members.forEach(SplitMember::heal);
        left.awaitMembers(2);
        right.awaitMembers(2);
    }

    private void awaitEverywhere(String... live) {
        left.awaitEverywhere(Set.of(live));
        right.awaitEverywhere(Set.of(live));
    }

    /** The member on this side, seen after it was on the other. */
    private static Member seenLater(PresenceTopic here, PresenceTopic there, String member, String data) {
        Member other = there.member(member).orElseThrow();
        Eventually.await(member + " is seen later here", () -> {
            here.touch(member, "tab", data);
            return here.lastSeen(member).orElseThrow().isAfter(other.lastSeen());
        });
        return here.member(member).orElseThrow();
    }

    @Test
    void w5_afterASplitTheUnionOfTheNewestIsThere() {
        for (String member : List.of("older left", "older right", "leaves left", "leaves right")) {
            left.topic.touch(member, "tab", "from before");
        }
        awaitEverywhere(SplitSide.BEATS, "older left", "older right", "leaves left", "leaves right");
        split();
        left.topic.touch("came left");
        right.topic.touch("came right");
        left.topic.touch("older left", "tab", "left");
        right.topic.touch("older right", "tab", "right");
        Member seenRight = seenLater(right.topic, left.topic, "older left", "newest");
        Member seenLeft = seenLater(left.topic, right.topic, "older right", "newest");
        assertThat(left.topic.leave("leaves left", "tab")).isTrue();
        assertThat(right.topic.leave("leaves right", "tab")).isTrue();
        left.awaitEverywhere(Set.of(SplitSide.BEATS, "older left", "older right", "leaves right", "came left"));
        right.awaitEverywhere(Set.of(SplitSide.BEATS, "older left", "older right", "leaves left", "came right"));
        List<Long> epochs = List.of(left.epoch(), right.epoch());

        merge();
        awaitEverywhere(SplitSide.BEATS, "older left", "older right", "came left", "came right");
        assertThat(left.topic.member("older left")).contains(seenRight);
        assertThat(right.topic.member("older right")).contains(seenLeft);
        right.topic.touch("comes after");
        awaitEverywhere(SplitSide.BEATS, "older left", "older right", "came left", "came right", "comes after");
        assertThat(epochs).doesNotContain(left.epoch());
        assertThat(left.epoch()).isEqualTo(right.epoch());
        assertThat(left.onlooker.violations()).isEmpty();
        assertThat(right.onlooker.violations()).isEmpty();
        assertThat(left.hasVanished() || right.hasVanished())
                .as("who beats was gone")
                .isFalse();
    }
}
