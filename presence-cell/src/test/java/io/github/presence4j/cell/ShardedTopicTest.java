package io.github.presence4j.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Member;
import io.github.presence4j.MemberPage;
import io.github.presence4j.Position;
import io.github.presence4j.PresenceEvent;
import io.github.presence4j.Touch;
import io.github.presence4j.sharding.Generation;
import io.github.presence4j.sharding.GenerationCache;
import io.github.presence4j.sharding.ShardedTopic;
import io.github.presence4j.spi.Changes;
import io.github.presence4j.spi.Leave;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What shards owe as a whole, whatever a cell lies in. */
class ShardedTopicTest {
    private static final int SHARDS = 4;

    private final TestCells cells = new TestCells();
    private final GenerationCache generations = new GenerationCache();
    private final ShardedTopic topic = topic(generations);
    private final Random random = new Random(3);

    private ShardedTopic topic(GenerationCache known) {
        Topic named = new Topic(new TopicId("presence", "room"), Duration.ofMillis(TestCells.TTL), null);
        return new ShardedTopic(named, SHARDS, cells, known, cells);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static List<Touch> touches(String... members) {
        return List.of(members).stream().map(Touch::of).toList();
    }

    /** Somebody comes or goes. */
    private void step() {
        String member = "m" + random.nextInt(30);
        if (random.nextInt(3) == 0) {
            get(topic.leave(List.of(new Leave(member, null))));
        } else {
            get(topic.touch(touches(member)));
        }
    }

    /** The position of every event that any watcher was told; fails if two were told different ones. */
    private static final class Told {
        private final Map<Position, PresenceEvent> events = new HashMap<>();

        void add(PresenceEvent event) {
            PresenceEvent before = events.put(event.position(), event);
            assertThat(before == null || before.equals(event))
                    .as("%s was %s for another watcher", event, before)
                    .isTrue();
        }
    }

    /** A view that is kept by what it is told, without comparing again. */
    private final class Onlooker {
        private final Told told;
        private @Nullable String cursor;
        private @Nullable Position last;

        Onlooker(Told told) {
            this.told = told;
        }

        List<PresenceEvent> look() {
            Changes changes = get(topic.changesSince(cursor));
            assertThat(changes.gap()).isEqualTo(cursor == null);
            for (PresenceEvent event : changes.events()) {
                Position before = last;
                if (before != null && before.epoch() == event.position().epoch()) {
                    assertThat(event.position().seq()).isEqualTo(before.seq() + 1);
                }
                told.add(event);
                last = event.position();
            }
            assertThat(last == null || cursor == null || changes.position().equals(last))
                    .isTrue();
            last = changes.position();
            cursor = changes.cursor();
            return changes.events();
        }

        List<PresenceEvent> lookOften() {
            List<PresenceEvent> events = new ArrayList<>();
            List<PresenceEvent> more;
            do {
                more = look();
                events.addAll(more);
            } while (!more.isEmpty());
            return events;
        }
    }

    /** They begin at different times, and things happen between the questions to the shards. */
    @Test
    void w2_allWatchersAreToldTheSameOrderWhateverTheClocksShow() {
        for (int round = 0; round < 50; round++) {
            cells.skews.clear();
            IntStream.range(0, SHARDS).forEach(shard -> cells.skews.put(shard, (long) random.nextInt(3_000_000)));
            Told told = new Told();
            List<Onlooker> onlookers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                cells.now += random.nextInt(3);
                if (i % 20 == 0) {
                    onlookers.add(new Onlooker(told));
                }
                step();
                cells.meanwhile = once(() -> step());
                onlookers.get(random.nextInt(onlookers.size())).look();
                cells.meanwhile = () -> {};
            }
            onlookers.forEach(Onlooker::lookOften);
            get(topic.reset());
        }
    }

    /** At one of the next questions, and not while it is done. */
    private Runnable once(Runnable step) {
        int[] until = {random.nextInt(2 * SHARDS)};
        return () -> {
            if (until[0]-- == 0) {
                step.run();
            }
        };
    }

    @Test
    void w1_whatHappenedBeforeTheQuestionIsInTheAnswer() {
        IntStream.range(0, SHARDS).forEach(shard -> cells.skews.put(shard, 1_000_000L * shard));
        Onlooker onlooker = new Onlooker(new Told());
        onlooker.look();
        get(topic.touch(touches("a", "b", "c", "d", "e", "f", "g", "h")));
        assertThat(onlooker.look()).hasSize(8);
    }

    @Test
    void g3_aWatcherIsToldWhatWasBeforeTheResetAndWhatCameAfter() {
        Onlooker onlooker = new Onlooker(new Told());
        onlooker.look();
        get(topic.touch(touches("ana")));
        get(topic.reset());
        get(topic.touch(touches("bo")));
        assertThat(onlooker.lookOften())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Joined", "Reset", "Joined");
    }

    @Test
    void g3_whoeverBelievesInTheGenerationBeforeChangesOnlyTheOneThatIs() {
        GenerationCache others = new GenerationCache();
        get(topic(others).touch(touches("ana")));
        Onlooker onlooker = new Onlooker(new Told());
        onlooker.look();
        get(topic.reset());
        assertThat(get(topic(others).touch(touches("ana"))).joined()).containsExactly("ana");
        assertThat(get(topic.count())).isEqualTo(1);
        assertThat(onlooker.lookOften())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Reset", "Joined");
    }

    /** The cursor belongs to a newer generation than the one that the other store assumes. */
    @Test
    void g3_aPollFromAnOutdatedGenerationEndsNoLiveOne() {
        GenerationCache others = new GenerationCache();
        get(topic.touch(touches("ana")));
        get(topic.reset());
        get(topic(others).count());
        get(topic.reset());
        get(topic.touch(touches("bo")));
        String cursor = get(topic.changesSince(null)).cursor();
        assertThat(get(topic(others).changesSince(cursor)).gap()).isFalse();
        assertThat(get(topic.live(List.of("bo")))).containsOnlyKeys("bo");
        assertThat(get(topic(new GenerationCache()).count())).isEqualTo(1);
    }

    /** The poll has read the home before the reset, and reads the cells after the touch of a node that does not know of it. */
    @Test
    void g3_aTouchInTheGenerationThatWasLeftIsNoEvent() {
        cells.endsCells = false;
        get(topic.touch(touches("ana")));
        String cursor = get(topic.changesSince(null)).cursor();
        Generation left = get(cells.look()).generation();
        cells.meanwhile = () -> {
            cells.meanwhile = () -> {};
            get(cells.reset());
            cells.now++;
            get(cells.cell(1, left).touch(touches("late")));
        };
        assertThat(get(topic.changesSince(cursor)).events()).noneMatch(event -> event instanceof PresenceEvent.Joined);
    }

    @Test
    void g3_aResetThatWasBegunAndForgottenIsFinishedByWhoeverComes() {
        get(topic.touch(touches("ana", "bo")));
        cells.endWithoutTheHome();
        assertThat(get(topic.touch(touches("ana"))).joined()).containsExactly("ana");
        assertThat(get(topic.count())).isEqualTo(1);
    }

    @Test
    void r2_aListingMeetsEverybodyOnceAndKeepsToItsLimit() {
        List<String> members = IntStream.range(0, 300).mapToObj(i -> "m" + i).toList();
        get(topic.touch(members.stream().map(Touch::of).toList()));
        for (int limit : new int[] {1, 15, 40, 1000}) {
            List<String> listed = new ArrayList<>();
            String cursor = null;
            do {
                MemberPage page = get(topic.page(cursor, limit));
                assertThat(page.members()).hasSizeLessThanOrEqualTo(limit);
                page.members().stream().map(Member::id).forEach(listed::add);
                cursor = page.next();
            } while (cursor != null);
            assertThat(listed).containsExactlyInAnyOrderElementsOf(members);
        }
    }

    @Test
    void r5_aBulkCallIsOneCommandForEachShardItConcerns() {
        get(topic.count());
        cells.commands = 0;
        get(topic.touch(touches("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l")));
        assertThat(cells.commands).isEqualTo(SHARDS);
        get(topic.live(List.of("a")));
        assertThat(cells.commands).isEqualTo(SHARDS + 1);
    }

    @Test
    void w5_aCursorOfAnotherStoreIsAGap() {
        get(topic.reset());
        assertThat(get(topic.changesSince("theirs")).gap()).isTrue();
        assertThat(get(topic.changesSince("theirs|of|two")).gap()).isTrue();
    }
}
