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
        assertThat(get(store.topic(ROOM).touch(List.of(Touch.of(member)))).joined())
                .containsExactly(member);
    }

    @Test
    void g3_aPollThatBeginsInAnOutdatedGenerationEndsNobody() {
        try (HazelcastStore store = store();
                HazelcastStore outdated = store()) {
            touch(store, "ana");
            get(store.topic(ROOM).reset());
            get(outdated.topic(ROOM).count());
            get(store.topic(ROOM).reset());
            touch(store, "bo");
            String cursor = get(store.topic(ROOM).changesSince(null)).cursor();
            get(outdated.topic(ROOM).changesSince(cursor));
            assertThat(get(store.topic(ROOM).liveAmong(List.of("ana", "bo")))).containsExactly("bo");
            assertThat(get(outdated.topic(ROOM).count())).isEqualTo(1);
        }
    }
}
