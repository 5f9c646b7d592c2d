package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.presence4j.Touch;
import io.github.presence4j.spi.PresenceStore;
import io.github.presence4j.spi.Topic;
import io.github.presence4j.spi.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A poll that begins in a generation that two resets have made outdated. */
class OutdatedPollTest {
    @RegisterExtension
    static final TestCluster CLUSTER = new TestCluster(() -> TestCluster.members(1));

    private static final Topic ROOM = new Topic(new TopicId("polls", "room"), Duration.ofMinutes(5), null);

    private static HazelcastStore store() {
        return HazelcastStore.builder()
                .instance(CLUSTER.running().node())
                .topicShards(4)
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void touch(PresenceStore store, String member) {
        assertThat(get(store.touch(ROOM, List.of(Touch.of(member)))).joined()).containsExactly(member);
    }

    @Test
    void g3_aPollThatBeginsInAnOutdatedGenerationEndsNobody() {
        try (HazelcastStore store = store();
                HazelcastStore outdated = store()) {
            touch(store, "ana");
            get(store.reset(ROOM));
            get(outdated.count(ROOM));
            get(store.reset(ROOM));
            touch(store, "bo");
            String cursor = get(store.changesSince(ROOM, null)).cursor();
            get(outdated.changesSince(ROOM, cursor));
            assertThat(get(store.liveAmong(ROOM, List.of("ana", "bo")))).containsExactly("bo");
            assertThat(get(outdated.count(ROOM))).isEqualTo(1);
        }
    }
}
