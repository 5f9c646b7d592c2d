package io.github.presence4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.PresenceTopic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds however many threads and nodes take part. */
interface ConcurrencyContract {

    @Test
    default void w7_ofManyWhoTouchANewcomerOneIsToldThatItJoined(TestContext stage) throws InterruptedException {
        RecordingWatcher watcher = stage.watch(stage.topic());
        List<Set<String>> joined = ConcurrentRun.run(thread -> () -> {
            PresenceTopic topic = node(stage, thread);
            Set<String> mine = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                if (thread % 4 < 2 ? topic.touch("m" + i) : topic.touch("m" + i, "tab " + thread)) {
                    mine.add("m" + i);
                }
            }
            return mine;
        });
        assertThat(joined.stream().flatMap(Set::stream)).containsExactlyInAnyOrderElementsOf(MemberNames.of("m", 200));
        watcher.awaitView(MemberNames.of("m", 200));
    }

    @Test
    default void w7_ofManyWhoLeaveOneIsToldThatTheMemberLeft(TestContext stage) throws InterruptedException {
        PresenceTopic topic = stage.topic();
        Set<String> members = MemberNames.of("m", 100);
        for (int thread = 0; thread < ConcurrentRun.SIZE; thread++) {
            String session = "tab " + thread;
            members.forEach(member -> topic.touch(member, session));
        }
        List<Set<String>> left = ConcurrentRun.run(thread -> () -> {
            Set<String> mine = new HashSet<>();
            for (String member : members) {
                if (node(stage, thread).leave(member, "tab " + thread)) {
                    mine.add(member);
                }
            }
            return mine;
        });
        assertThat(left.stream().flatMap(Set::stream)).containsExactlyInAnyOrderElementsOf(members);
        assertThat(topic.count()).isZero();
    }

    @Test
    default void r2_aListingMissesAndRepeatsNobodyWhileManyComeAndGo(TestContext stage) throws InterruptedException {
        Set<String> stayers = MemberNames.of("stayer ", 150);
        stage.topic().touchAll(stayers);
        AtomicInteger listings = new AtomicInteger();
        ConcurrentRun.run(thread -> () -> {
            PresenceTopic topic = node(stage, thread);
            if (thread < 2) {
                for (int i = 0; i < 5; i++) {
                    List<String> listed = paged(topic, 5 + thread * 20);
                    listed.retainAll(stayers); // a member that left and came back may be listed twice
                    assertThat(listed).containsExactlyInAnyOrderElementsOf(stayers);
                    assertThat(topic.list()).doesNotHaveDuplicates().containsAll(stayers);
                    listings.incrementAndGet();
                }
            } else {
                churn(topic, thread, listings);
            }
            return thread;
        });
        assertThat(listings).hasValue(10);
    }

    private static void churn(PresenceTopic topic, int thread, AtomicInteger listings) {
        for (int i = 0; i < 20_000 && listings.get() < 10; i++) {
            topic.touch("stayer " + (i * 31 + thread) % 150);
            topic.touch("churn " + thread + " " + i % 20);
            topic.leave("churn " + thread + " " + (i + 7) % 20);
        }
    }

    private static List<String> paged(PresenceTopic topic, int limit) {
        List<String> found = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            MemberPage page = topic.page(cursor, limit);
            page.members().stream().map(Member::id).forEach(found::add);
            cursor = page.next();
        } while (cursor != null);
        return found;
    }

    @Test
    default void w5_afterMuchTrafficEveryViewIsTheStores(TestContext stage) throws InterruptedException {
        RecordingWatcher here = stage.watch(stage.topic());
        RecordingWatcher there = stage.watch(stage.peerTopic());
        ConcurrentRun.run(thread -> () -> {
            PresenceTopic topic = node(stage, thread);
            Random random = new Random(thread);
            for (int i = 0; i < 300; i++) {
                String member = "m" + random.nextInt(20);
                if (random.nextBoolean()) {
                    topic.touch(member);
                } else {
                    topic.leave(member);
                }
            }
            return thread;
        });
        List<String> list = stage.topic().list();
        here.awaitView(list);
        there.awaitView(list);
    }

    @Test
    default void w3_joinsAndLeavesOfAMemberAlternateWhateverTheRace(TestContext stage) throws InterruptedException {
        PresenceTopic topic = stage.topic();
        ManualWatcher history = stage.history(stage.link(), topic);
        List<List<Integer>> counts = ConcurrentRun.run(thread -> () -> {
            int joins = 0;
            int leaves = 0;
            for (int i = 0; i < 25; i++) {
                joins += node(stage, thread).touch("ana") ? 1 : 0;
                leaves += node(stage, thread).leave("ana") ? 1 : 0;
            }
            return List.of(joins, leaves);
        });
        List<PresenceEvent> events = history.changes();
        for (int i = 0; i < events.size(); i++) {
            Class<?> expected = i % 2 == 0 ? PresenceEvent.Joined.class : PresenceEvent.Left.class;
            assertThat(events.get(i)).isInstanceOf(expected);
        }
        int joins = counts.stream().mapToInt(both -> both.get(0)).sum();
        int leaves = counts.stream().mapToInt(both -> both.get(1)).sum();
        assertThat(events).hasSize(joins + leaves);
        assertThat(joins - leaves).isEqualTo(topic.isLive("ana") ? 1 : 0);
    }

    private static PresenceTopic node(TestContext stage, int thread) {
        return thread % 2 == 0 ? stage.topic() : stage.peerTopic();
    }
}
