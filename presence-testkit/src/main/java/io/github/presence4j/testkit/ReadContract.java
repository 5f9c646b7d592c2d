package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.PresenceTopic;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.NamePage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules R1 to R5: reads. */
interface ReadContract {

    @Test
    default void r1_readsDoNotTakeOutWhoLapsed(TestContext stage) {
        PresenceTopic topic = stage.topic();
        ManualWatcher history = stage.history(stage.peerLink(), topic);
        topic.touch("ana");
        topic.touch("bo", "tab", "data");
        for (int seconds : new int[] {20, 20, 15}) {
            stage.elapse(Duration.ofSeconds(seconds));
            history.changes();
        }
        stage.elapse(Duration.ofSeconds(6));
        readEverything(topic);
        readEverything(stage.peerTopic());
        assertThat(history.changes()).as("still to be told").hasSize(2).allMatch(TestContext::isTimeout);
    }

    @Test
    default void r1_aShorterLookTakesOutNobody(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touchAll(List.of("ana", "bo"));
        topic.touch("cy", "tab", "data");
        stage.elapse(Duration.ofSeconds(30));
        readEverything(topic.within(Duration.ofSeconds(1)));
        assertThat(topic.list()).containsExactlyInAnyOrder("ana", "bo", "cy");
        assertThat(topic.member("cy").orElseThrow().sessions()).hasSize(1);
    }

    @Test
    default void r1_readsKeepNobodyAlive(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touch("ana");
        for (int i = 0; i < 3; i++) {
            readEverything(topic);
            stage.elapse(Duration.ofSeconds(25));
        }
        assertThat(topic.isLive("ana")).isFalse();
    }

    private static void readEverything(PresenceTopic topic) {
        topic.isLive("ana");
        topic.liveAmong(List.of("ana", "bo", "cy", "nobody"));
        topic.lastSeen("bo");
        topic.member("cy");
        topic.count();
        topic.list();
        topic.page(null, 1);
    }

    @Test
    default void r2_aListingHasEveryMemberOnce(TestContext stage) {
        PresenceTopic topic = stage.topic();
        Set<String> members = MemberNames.of("m", 2_345);
        topic.touchAll(members);
        assertThat(topic.list()).hasSize(members.size()).containsExactlyInAnyOrderElementsOf(members);
        assertThat(listed(topic, 100, () -> {})).containsExactlyInAnyOrderElementsOf(members);
        assertThat(stage.topic().count()).isEqualTo(members.size());
    }

    @Test
    default void r2_aPageOfOneMemberWorks(TestContext stage) {
        PresenceTopic topic = stage.topic();
        Set<String> members = MemberNames.of("m", 9);
        topic.touchAll(members);
        assertThat(listed(topic, 1, () -> {})).containsExactlyInAnyOrderElementsOf(members);
    }

    @Test
    default void r2_renewalsBetweenPagesRepeatAndSkipNobody(TestContext stage) {
        PresenceTopic topic = stage.topic();
        List<String> members = List.copyOf(MemberNames.of("m", 120));
        for (String member : members) {
            topic.touch(member);
        }
        int[] turn = {0};
        assertThat(listed(topic, 7, () -> {
                    for (int i = 0; i < 25; i++) {
                        stage.peerTopic().touch(members.get(turn[0]++ * 37 % members.size()));
                    }
                    stage.elapse(Duration.ofSeconds(1));
                }))
                .containsExactlyInAnyOrderElementsOf(members);
    }

    @Test
    default void r2_comingAndGoingBetweenPagesRepeatsAndSkipsNoStayer(TestContext stage) {
        PresenceTopic topic = stage.topic();
        Set<String> stayers = MemberNames.of("m", 120);
        List<String> goers = List.copyOf(MemberNames.of("l", 120));
        topic.touchAll(goers);
        topic.touchAll(stayers);
        topic.touch("gone before");
        topic.leave("gone before");
        int[] turn = {0};
        List<String> listed = listed(topic, 7, () -> {
            for (int i = 0; i < 5 && turn[0] < goers.size(); i++) {
                topic.leave(goers.get(turn[0]++));
                topic.touchAll(List.of("a new " + turn[0], "z new " + turn[0]));
            }
        });
        assertThat(listed).doesNotHaveDuplicates().containsAll(stayers).doesNotContain("gone before");
    }

    @Test
    default void r2_namesMissNobodyWhoIsSeenOrWhoseSessionLeavesMeanwhile(TestContext stage) {
        PresenceTopic topic = stage.topic();
        List<String> members = List.copyOf(MemberNames.of("m", 100));
        topic.touch("gone before");
        topic.leave("gone before");
        members.forEach(member -> topic.touch(member, "old"));
        stage.elapse(Duration.ofSeconds(2));
        members.forEach(member -> topic.touch(member, "new"));
        int[] turn = {0};
        Set<String> named = named(stage, 16, () -> {
            for (int i = 0; i < 3; i++) {
                topic.leave(members.get(turn[0]++ * 37 % members.size()), "new");
                topic.touch(members.get(turn[0]++ * 37 % members.size()), "old");
            }
        });
        assertThat(named).containsExactlyInAnyOrderElementsOf(members);
    }

    private static Set<String> named(TestContext stage, int limit, Runnable between) {
        Set<String> found = new HashSet<>();
        @Nullable String cursor = null;
        int parts = 0;
        do {
            NamePage part =
                    stage.await(stage.link().topic(stage.spi(stage.topic())).names(cursor, limit));
            if (!part.again()) {
                assertThat(part.names()).as("named for the first time").doesNotHaveDuplicates();
                assertThat(part.names()).as("named before").noneMatch(found::contains);
            }
            found.addAll(part.names());
            cursor = part.next();
            between.run();
            assertThat(++parts).as("parts").isLessThan(1_000);
        } while (cursor != null);
        return found;
    }

    private static List<String> listed(PresenceTopic topic, int limit, Runnable between) {
        List<String> found = new ArrayList<>();
        @Nullable String cursor = null;
        int pages = 0;
        do {
            MemberPage page = topic.page(cursor, limit);
            assertThat(page.members()).hasSizeLessThanOrEqualTo(limit);
            page.members().stream().map(Member::id).forEach(found::add);
            cursor = page.next();
            between.run();
            assertThat(++pages).as("pages").isLessThan(10_000);
        } while (cursor != null);
        return found;
    }

    @Test
    default void r2_anEmptyTopicIsAnEmptyPage(TestContext stage) {
        assertThat(stage.topic().page(null, 10)).isEqualTo(new MemberPage(List.of(), null));
        assertThat(stage.topic().list()).isEmpty();
        assertThat(stage.topic().count()).isZero();
    }

    @Test
    default void r3_noAnswerIsLongerThanItsLimit(TestContext stage) {
        PresenceTopic topic = stage.topic();
        topic.touchAll(MemberNames.of("m", 500));
        for (int limit : new int[] {1, 3, 64, 499}) {
            assertThat(topic.page(null, limit).members()).hasSizeLessThanOrEqualTo(limit);
            assertThat(topic.page(null, limit).next()).isNotNull();
        }
    }

    @Test
    default void r3_aMassTimeoutIsToldInBoundedSteps(TestContext stage) {
        PresenceTopic topic = stage.topic();
        ManualWatcher history = stage.history(stage.link(), topic);
        Set<String> members = MemberNames.of("m", 12_000);
        topic.touchAll(members);
        for (int i = 0; i < 4; i++) {
            stage.until("a look without a gap", () -> {
                history.catchUp();
                return !history.last().gap();
            });
            stage.elapse(Duration.ofSeconds(20));
        }
        assertThat(topic.count()).isZero();
        stage.until("all timeouts are recorded", () -> {
            history.catchUp();
            return history.last().untilNext().equals(Changes.NEVER);
        });
    }

    @Test
    default void r4_aCompletedChangeIsSeenByTheNextRead(TestContext stage) {
        PresenceTopic here = stage.topic();
        PresenceTopic there = stage.peerTopic();
        for (int i = 0; i < 100; i++) {
            PresenceTopic writer = i % 2 == 0 ? here : there;
            PresenceTopic reader = i % 2 == 0 ? there : here;
            writer.touch("ana", "tab " + i, "data " + i);
            assertThat(reader.isLive("ana")).isTrue();
            assertThat(reader.count()).isEqualTo(1);
            assertThat(reader.member("ana").orElseThrow().sessions())
                    .extracting(session -> session.data())
                    .containsExactly("data " + i);
            writer.leave("ana", "tab " + i);
            assertThat(reader.isLive("ana")).isFalse();
            assertThat(reader.count()).isZero();
            assertThat(reader.list()).isEmpty();
        }
    }

    @Test
    default void r5_bulkCallsAreOneTrip(TestContext stage) {
        PresenceTopic topic = stage.topic();
        List<String> members = List.copyOf(MemberNames.of("m", 300));
        long before = stage.link().trips();
        assertThat(topic.touchAll(members)).containsExactlyInAnyOrderElementsOf(members);
        assertThat(stage.link().trips() - before).as("trips of touchAll").isEqualTo(1);
        assertThat(topic.liveAmong(MemberNames.of("m", 600))).containsExactlyInAnyOrderElementsOf(members);
        assertThat(stage.link().trips() - before).as("trips of both").isEqualTo(2);
    }

    @Test
    default void r5_bulkCallsOfNothingAreNoTrip(TestContext stage) {
        long before = stage.link().trips();
        assertThat(stage.topic().touchAll(List.of())).isEmpty();
        assertThat(stage.topic().liveAmong(List.of())).isEmpty();
        assertThat(stage.link().trips()).isEqualTo(before);
    }
}
